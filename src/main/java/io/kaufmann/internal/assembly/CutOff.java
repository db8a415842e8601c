package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Durations;
import java.time.Duration;

/**
 * Whether a listener is cut off. The first time for a minute, and each time for twice as long, up to an hour; after an hour in which
 * all went well, for a minute again. One that fails for good thus costs next to nothing, and one that failed once is heard again.
 * Thread-safe.
 */
final class CutOff {

    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    // Read at each call, and written under the lock.
    private volatile boolean on;
    // Guarded by this.
    private Duration length = Duration.ZERO;
    private long changedNanos;

    CutOff(Clock clock) {
        this.clock = clock;
        this.changedNanos = clock.nanos();
    }

    /** Whether it is. */
    boolean isOn() {
        return on;
    }

    /** Begins one. False when there is one already. */
    synchronized boolean begin() {
        if (on) {
            return false;
        }
        boolean wentWell = clock.since(changedNanos).compareTo(LONGEST) >= 0;
        length = wentWell || length.isZero() ? FIRST : Durations.shorter(length.multipliedBy(2), LONGEST);
        changedNanos = clock.nanos();
        on = true;
        return true;
    }

    /** How long the last one is. */
    synchronized Duration length() {
        return length;
    }

    /** Whether there is one that has lasted long enough. */
    synchronized boolean isOver() {
        return on && clock.since(changedNanos).compareTo(length) >= 0;
    }

    /** Ends it. */
    synchronized void end() {
        changedNanos = clock.nanos();
        on = false;
    }
}
