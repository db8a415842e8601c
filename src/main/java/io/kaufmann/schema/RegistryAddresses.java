package io.kaufmann.schema;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The URLs under which one registry is reached, and which of them is asked first. Thread-safe. */
final class RegistryAddresses {

    private final List<RegistryUrl> urls;

    // Any thread: the one that answered last. A lost write costs one request to another.
    private volatile int first;

    /**
     * For a registry.
     *
     * @param urls at least one, the first to be asked first
     */
    RegistryAddresses(List<RegistryUrl> urls) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("No URL of a schema registry is given; write one or more");
        }
        this.urls = List.copyOf(urls);
    }

    /** All of them, without credentials. */
    String location() {
        return urls.stream().map(RegistryUrl::location).collect(Collectors.joining(", "));
    }

    /** All of them, from the one that answered last. */
    List<RegistryUrl> inOrder() {
        int from = first;
        return IntStream.range(0, urls.size())
                .mapToObj(i -> urls.get((from + i) % urls.size()))
                .toList();
    }

    /** From now on this one is asked first. */
    void answered(RegistryUrl url) {
        int index = urls.indexOf(url);
        if (index != first) {
            first = index;
        }
    }
}
