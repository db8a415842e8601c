package io.kaufmann.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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
     * How often something took how long, in {@value #BUCKETS} steps that grow by a fifth, from a microsecond to six minutes.
     * Immutable.
     *
     * @param counts how many took less than the {@linkplain #upperBound bound} of the same place and not less than the one before;
     *     those past the last bound are in the last place. Empty when nothing was measured
     */
    public record Latencies(List<Long> counts) {

        /** How many places there are. */
        public static final int BUCKETS = 110;

        private static final double GROWTH = 1.2;
        private static final long FIRST_BOUND_NANOS = 1_000;
        private static final long[] BOUNDS = bounds();
        private static final int[] FIRST_OF_BITS = firstOfBits();

        /** Copies the list. */
        public Latencies {
            counts = List.copyOf(counts);
        }

        /**
         * What is counted in a place took less than this.
         *
         * @param bucket the place, from 0
         * @return the bound; empty for the last place, which has none
         * @throws IndexOutOfBoundsException when there is no such place
         */
        public static Optional<Duration> upperBound(int bucket) {
            Objects.checkIndex(bucket, BUCKETS);
            return bucket < BOUNDS.length ? Optional.of(Duration.ofNanos(BOUNDS[bucket])) : Optional.empty();
        }

        /**
         * Where a time is counted. Takes a few nanoseconds.
         *
         * @param nanos the time in nanoseconds; a negative one counts as none
         * @return the place, from 0
         */
        public static int bucket(long nanos) {
            if (nanos <= 0) {
                return 0;
            }
            int bucket = FIRST_OF_BITS[Long.SIZE - Long.numberOfLeadingZeros(nanos)];
            // At most four steps: a doubling is less than four growths by a fifth.
            while (bucket < BOUNDS.length && nanos >= BOUNDS[bucket]) {
                bucket++;
            }
            return bucket;
        }

        private static long[] bounds() {
            long[] bounds = new long[BUCKETS - 1];
            double bound = FIRST_BOUND_NANOS;
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = Math.round(bound);
                bound *= GROWTH;
            }
            return bounds;
        }

        /** For each number of bits that a time may have, the place of the shortest time with as many. */
        private static int[] firstOfBits() {
            int[] first = new int[Long.SIZE];
            int bucket = 0;
            for (int bits = 1; bits < Long.SIZE; bits++) {
                while (bucket < BOUNDS.length && 1L << (bits - 1) >= BOUNDS[bucket]) {
                    bucket++;
                }
                first[bits] = bucket;
            }
            return first;
        }
    }
}
