package io.kaufmann.internal.time;

import java.time.Duration;

/** A moment by which something must be done. Immutable and thread-safe. */
public final class Deadline {

    // Far enough for "forever", near enough to be counted in nanoseconds and to have something added.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Clock clock;
    private final long atNanos;

    private Deadline(Clock clock, long atNanos) {
        this.clock = clock;
        this.atNanos = atNanos;
    }

    /** The moment that is this far from now. */
    public static Deadline in(Duration time, Clock clock) {
        return new Deadline(clock, clock.nanos() + bounded(time).toNanos());
    }

    /** The same time, but for one that is too long to be counted in nanoseconds, as callers write it for "forever". */
    public static Duration bounded(Duration time) {
        return Durations.shorter(time, LONGEST);
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
