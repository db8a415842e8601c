package io.kaufmann.internal.time;

import java.time.Duration;

/** What Java's own durations lack. */
public final class Durations {

    private Durations() {}

    /** The shorter of two. */
    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The longer of two. */
    public static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
