package io.kaufmann.handler;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Waits that double up to a cap, the last part of each left to chance. Immutable. */
record ExponentialRetry(int attempts, Duration first, Duration cap, double jitter) implements RetryPolicy {

    // In nanoseconds a wait must fit a long.
    private static final Duration LONGEST = Duration.ofDays(365);

    ExponentialRetry {
        if (attempts < 1) {
            throw new IllegalArgumentException("A retry policy needs at least 1 attempt, the first: " + attempts);
        }
        if (first.isNegative() || cap.compareTo(first) < 0 || cap.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The first wait of a retry policy must not be negative, nor its cap be below"
                            + " that or above 365 days: first " + first + ", cap " + cap);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("The jitter of a retry policy is a share from 0 to 1: " + jitter);
        }
    }

    @Override
    public Optional<Duration> nextDelay(int failedAttempts, Throwable error) {
        if (failedAttempts >= attempts) {
            return Optional.empty();
        }
        long nanos = nominalNanos(failedAttempts);
        long chance = (long) (nanos * jitter);
        long spread = chance == 0 ? 0 : ThreadLocalRandom.current().nextLong(chance + 1);
        return Optional.of(Duration.ofNanos(nanos - spread));
    }

    private long nominalNanos(int failedAttempts) {
        long nanos = first.toNanos();
        for (int i = 1; i < failedAttempts && nanos < cap.toNanos(); i++) {
            nanos = Math.min(cap.toNanos(), nanos * 2);
            if (nanos == 0) {
                return 0;
            }
        }
        return nanos;
    }
}
