package io.kaufmann.schema;

import java.time.Duration;

/**
 * How long and how much a cache keeps.
 *
 * @param latestFor a subject's newest version
 * @param notFoundFor that there is no such id or subject, or that it cannot be used
 * @param unavailableFor that the registry gave no answer
 * @param maxEntries ids, and subjects, at most
 */
record CacheLimits(Duration latestFor, Duration notFoundFor, Duration unavailableFor, int maxEntries) {

    static final CacheLimits DEFAULT =
            new CacheLimits(Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofMillis(500), 10_000);

    CacheLimits {
        requireNotNegative("latestFor", latestFor);
        requireNotNegative("notFoundFor", notFoundFor);
        requireNotNegative("unavailableFor", unavailableFor);
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + "; write 1 or more");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + "; write zero or more");
        }
    }
}
