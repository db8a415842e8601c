package io.kaufmann.schema;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how often a registry is asked.
 *
 * @param connect for a connection
 * @param request for one attempt, its body included
 * @param total for all attempts and the pauses between them
 * @param attempts how many at most, at least 1
 * @param backOff the pause after the first attempt; it doubles each time, and a part of it is by chance
 */
record RegistryLimits(Duration connect, Duration request, Duration total, int attempts, Duration backOff) {

    static final RegistryLimits DEFAULT = new RegistryLimits(
            Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 3, Duration.ofMillis(100));

    /** With 500 references and every request just within its own limit a worker would be held up for more than an hour. */
    private static final Duration SHORTEST_RESOLUTION = Duration.ofMinutes(1);

    RegistryLimits {
        requirePositive("connectTimeout", connect);
        requirePositive("requestTimeout", request);
        requirePositive("totalTimeout", total);
        if (backOff.isNegative()) {
            throw new IllegalArgumentException("backOff is " + backOff + "; write zero or more");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + "; write 1 or more");
        }
    }

    /** What an attempt may still take, so that each of so many URLs has its share: one that hangs must not hide another. */
    Duration requestWithin(Duration elapsed, int urls) {
        Duration left = total.minus(elapsed).dividedBy(urls);
        return left.compareTo(request) < 0 ? left : request;
    }

    /** How long it may take to read a schema with all those it refers to. */
    Duration resolution() {
        return total.compareTo(SHORTEST_RESOLUTION) > 0 ? total : SHORTEST_RESOLUTION;
    }

    /** Between half of the doubled back-off and all of it, so that many instances do not come back in step. */
    Duration pauseAfter(int attempt, RandomGenerator random) {
        Duration longest = backOff.multipliedBy(1L << Math.min(attempt - 1, 20));
        return longest.dividedBy(2)
                .plusNanos(random.nextLong(longest.dividedBy(2).toNanos() + 1));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is " + value + "; write more than zero");
        }
    }
}
