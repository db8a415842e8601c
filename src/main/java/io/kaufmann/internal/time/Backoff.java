package io.kaufmann.internal.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before trying again: doubled with each try up to a cap, and spread so that not all come back at once. */
public record Backoff(Duration first, Duration cap) {

    /** The wait after the given number of failed tries, from 1: between half and the whole of its nominal length. */
    public Duration after(int failedTries) {
        int doublings = Math.min(failedTries - 1, 30);
        long nominal = Math.min(
                cap.toNanos(), first.toNanos() << Math.min(doublings, Long.numberOfLeadingZeros(first.toNanos()) - 1));
        return Duration.ofNanos(nominal / 2 + ThreadLocalRandom.current().nextLong(nominal / 2 + 1));
    }
}
