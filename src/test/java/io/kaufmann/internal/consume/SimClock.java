package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import java.time.Instant;

/**
 * Time that passes as it is looked at, a microsecond each time, and when the simulation says so. While a consumer thread waits,
 * which it does by looking at the time, the rest of the world goes on. For one thread.
 */
final class SimClock implements Clock {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private long passed;
    private Runnable meanwhile = () -> {};

    @Override
    public long nanos() {
        passed += 1_000;
        Runnable happening = meanwhile;
        // What happens looks at the time too, and does not wait.
        meanwhile = () -> {};
        happening.run();
        meanwhile = happening;
        return passed;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(passed);
    }

    void advance(long nanos) {
        passed += nanos;
    }

    long now() {
        return passed;
    }

    /** Something waits on this clock: each look lets this happen. */
    void whileWaiting(Runnable happening, Runnable waiting) {
        Runnable before = meanwhile;
        meanwhile = happening;
        try {
            waiting.run();
        } finally {
            meanwhile = before;
        }
    }
}
