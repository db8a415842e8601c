package io.kaufmann.internal.time;

import java.time.Duration;

/** A moment by which something must be done. Immutable and thread-safe. */
public final class Deadline {

    private final Clock clock;
    private final long atNanos;

    private Deadline(Clock clock, long atNanos) {
        this.clock = clock;
        this.atNanos = atNanos;
    }

    /** The moment that is this far from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, clock.nanos() + time.toNanos());
    }

    /** How long until then; zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, atNanos - clock.nanos()));
    }

    /** Whether it has passed. */
    public boolean isOver() {
        return clock.nanos() - atNanos >= 0;
    }
}
