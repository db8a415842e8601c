package io.kaufmann.testing;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** The time of a bus, and what waits for it: it passes when the test says so. Thread-safe. */
final class MockClock implements Clock, Timer {

    private record Waiting(long atNanos, long number, Runnable task) {}

    // All guarded by this.
    private final Queue<Waiting> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::atNanos).thenComparingLong(Waiting::number));
    private long number;
    private long passedNanos;
    // Null for the machine's time of day.
    private Instant from;
    private long fromNanos;

    /** The time of day from now on: it stands still until it is advanced. */
    synchronized void set(Instant now) {
        from = now;
        fromNanos = passedNanos;
    }

    @Override
    public synchronized Instant instant() {
        return from == null ? Instant.now().plusNanos(passedNanos) : from.plusNanos(passedNanos - fromNanos);
    }

    @Override
    public synchronized long nanos() {
        return passedNanos;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        tasks.add(new Waiting(Math.addExact(passedNanos, delay.toNanos()), number++, task));
    }

    /** How long until the next task; null when there is none. */
    synchronized Duration next() {
        Waiting next = tasks.peek();
        return next == null ? null : Duration.ofNanos(next.atNanos() - passedNanos);
    }

    /**
     * Lets time pass, and has done in their order what becomes due in it.
     *
     * @param afterEach is run after each task
     */
    void advance(Duration time, Runnable afterEach) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not go back: " + time);
        }
        long until;
        synchronized (this) {
            until = Math.addExact(passedNanos, time.toNanos());
        }
        for (Runnable task = nextUntil(until); task != null; task = nextUntil(until)) {
            task.run();
            afterEach.run();
        }
        synchronized (this) {
            passedNanos = Math.max(passedNanos, until);
        }
    }

    private synchronized Runnable nextUntil(long nanos) {
        Waiting next = tasks.peek();
        if (next == null || next.atNanos() > nanos) {
            return null;
        }
        tasks.remove();
        passedNanos = Math.max(passedNanos, next.atNanos());
        return next.task();
    }
}
