package io.kaufmann.health;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a service has done with its events since it started: sums that only grow, so that two of them tell the rates between.
 * Immutable.
 *
 * @param ended how many events ended in which way; each way has its entry
 * @param passedOver how many were read and handed to no worker, since the handler does not accept their names or they were finished
 *     before
 * @param retried how many attempts were made after an event's first, counted as it ends
 * @param latencies how long events took from being handed out to their end, dropped ones left out
 */
public record Traffic(Map<Ending, Long> ended, long passedOver, long retried, Latencies latencies) {

    /** Copies the map. */
    public Traffic {
        ended = Map.copyOf(ended);
    }

    /** How many events ended in a way. */
    public long ended(Ending way) {
        return ended.getOrDefault(way, 0L);
    }

    /**
     * How often something took how long, in steps that grow by about a fifth. Immutable.
     *
     * @param counts how many took less than the bound of the same place and not less than the one before; those past the last bound
     *     are in the last place
     */
    public record Latencies(List<Long> counts) {

        /** How many steps there are, the one without an upper bound counted. */
        public static final int BUCKETS = 110;

        private static final double FIRST_NANOS = 1_000;
        private static final double GROWTH = 1.2;
        private static final long[] BOUNDS = LongStream.range(0, BUCKETS - 1)
                .map(i -> Math.round(FIRST_NANOS * Math.pow(GROWTH, (double) i)))
                .toArray();

        /**
         * The step that a time is in.
         *
         * @param nanos the time in nanoseconds
         * @return its place among the counts
         */
        public static int bucket(long nanos) {
            int found = Arrays.binarySearch(BOUNDS, nanos);
            return found < 0 ? -found - 1 : found + 1;
        }

        /**
         * What the times of a step are below.
         *
         * @param bucket its place among the counts
         * @return the bound; empty for the last step
         */
        public static Optional<Duration> upperBound(int bucket) {
            return bucket < BOUNDS.length ? Optional.of(Duration.ofNanos(BOUNDS[bucket])) : Optional.empty();
        }

        /** Copies the list. */
        public Latencies {
            counts = List.copyOf(counts);
        }
    }
}
