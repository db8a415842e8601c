package io.kaufmann.internal.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A timer whose delays pass when the test says so, in the order of asking. Thread-safe. */
public final class ManualTimer implements Timer {

    private record Waiting(Duration delay, Runnable task) {}

    // Guarded by this.
    private final Deque<Waiting> tasks = new ArrayDeque<>();

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        tasks.add(new Waiting(delay, task));
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        return tasks.size();
    }

    /** The delay of the task that was asked for last. */
    public synchronized Duration lastDelay() {
        return tasks.getLast().delay();
    }

    /** Runs what waits now, not what that asks for. */
    public void pass() {
        int now = waiting();
        for (int i = 0; i < now; i++) {
            Runnable task;
            synchronized (this) {
                task = tasks.remove().task();
            }
            task.run();
        }
    }
}
