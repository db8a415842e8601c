package io.kaufmann.internal.time;

import java.time.Duration;

/** Does something later. The tasks share one thread, so they only pass work on: they never block. Thread-safe. */
@FunctionalInterface
public interface Timer {

    /** Runs the task once the delay has passed; not at all when the timer was closed before. */
    void after(Duration delay, Runnable task);
}
