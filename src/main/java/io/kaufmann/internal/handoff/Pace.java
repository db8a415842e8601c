package io.kaufmann.internal.handoff;

import java.util.concurrent.TimeUnit;

/**
 * How long the workers of a pool take for a lane, about, over the last hundred or so. Thread-safe: an update that is lost does no harm.
 */
final class Pace {

    private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int MEMORY = 32;
    // As long as nothing is known of them.
    private static final long SLOW_NANOS = MEMORY * QUICK_NANOS;

    private volatile long nanosEach = SLOW_NANOS;

    /** So many took so long together. */
    void note(int lanes, long nanos) {
        long before = nanosEach;
        nanosEach = before + (nanos / lanes - before) / MEMORY;
    }

    /** None of them comes back. */
    void stalled() {
        nanosEach = SLOW_NANOS;
    }

    /** Whether waking a worker costs more than what it would do. */
    boolean isQuick() {
        return nanosEach < QUICK_NANOS;
    }
}
