package io.kaufmann.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tells the time: of day for what is written, and running time for what is measured. Thread-safe. */
public interface Clock extends InstantSource {

    /** A running count of nanoseconds, of use only against another of the same clock. */
    long nanos();

    /** The running time since an earlier {@link #nanos()}. */
    default Duration since(long startNanos) {
        return Duration.ofNanos(nanos() - startNanos);
    }

    /** The machine's clock. */
    static Clock system() {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }
}
