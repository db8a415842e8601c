package io.kaufmann.internal.work;

import io.kaufmann.health.LastFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** The events that failed last, so many of them and no more. No thread ever waits for another here. Thread-safe. */
final class LastFailures {

    private static final int MOST = 20;

    private final AtomicReferenceArray<Numbered> ring = new AtomicReferenceArray<>(MOST);
    private final AtomicLong numbers = new AtomicLong();

    private record Numbered(long number, LastFailure failure) {}

    void add(LastFailure failure) {
        Numbered added = new Numbered(numbers.getAndIncrement(), failure);
        // Another thread may be a whole round ahead: what it wrote is newer.
        ring.accumulateAndGet(
                (int) (added.number() % MOST),
                added,
                (present, next) -> present != null && present.number() > next.number() ? present : next);
    }

    /** The newest first. */
    List<LastFailure> newestFirst() {
        return IntStream.range(0, MOST)
                .mapToObj(ring::get)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Numbered::number).reversed())
                .map(Numbered::failure)
                .toList();
    }
}
