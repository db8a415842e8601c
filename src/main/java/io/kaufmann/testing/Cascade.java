package io.kaufmann.testing;

import io.kaufmann.event.ConsumedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which event came of which, so that events that cause each other without end are found. Thread-safe. */
final class Cascade {

    static final int LONGEST = 100;

    private final Map<String, Link> links = new ConcurrentHashMap<>();

    private record Link(String name, int depth, Optional<Link> cause) {

        /** The names from the first event on. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            for (Optional<Link> link = Optional.of(this);
                    link.isPresent();
                    link = link.get().cause()) {
                names.add(0, link.get().name());
            }
            return names;
        }
    }

    /** A record is to go back to the handler. */
    void add(ConsumerRecord<?, ?> record, String name, Optional<ConsumedRecord> cause) {
        Optional<Link> before = cause.map(ConsumedRecord::position).map(links::get);
        links.put(place(record), new Link(name, before.map(Link::depth).orElse(0) + 1, before));
    }

    /**
     * A record goes back to the handler, or comes for the first time.
     *
     * @throws AssertionError when too many came of each other before it
     */
    void check(ConsumerRecord<?, ?> record) {
        Link link = links.get(place(record));
        if (link != null && link.depth() > LONGEST) {
            throw new AssertionError("What the handler sends comes back to it, and causes events without end: "
                    + String.join(" -> ", cycle(link.names())) + ". It went on for " + LONGEST
                    + " events. Let handledEvents() leave one of these out, or one of them not be answered");
        }
    }

    /** As {@link ConsumedRecord#position()} has it. */
    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** The last names, from the one before that is the last name too. */
    private static List<String> cycle(List<String> names) {
        String last = names.get(names.size() - 1);
        int before = names.subList(0, names.size() - 1).lastIndexOf(last);
        return names.subList(Math.max(0, before), names.size());
    }
}
