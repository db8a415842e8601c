package io.kaufmann.quickstart;

import java.util.Map;

/**
 * How far a group has come in the topic that the service reads.
 *
 * @param committed for each partition the committed offset; without one it is left out
 * @param ends for each partition the offset that its next record will get
 */
record Offsets(Map<Integer, Long> committed, Map<Integer, Long> ends) {

    Offsets {
        committed = Map.copyOf(committed);
        ends = Map.copyOf(ends);
    }

    boolean isCommitted(Place place) {
        return committed.getOrDefault(place.partition(), 0L) > place.offset();
    }

    /** Whether the group has committed everything there is. */
    boolean areAtEnd() {
        return ends.entrySet().stream()
                .allMatch(end -> end.getValue().equals(committed.getOrDefault(end.getKey(), 0L)));
    }

    /** How many records are committed. */
    long total() {
        return committed.values().stream().mapToLong(Long::longValue).sum();
    }
}
