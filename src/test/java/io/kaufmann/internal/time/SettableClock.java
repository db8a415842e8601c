package io.kaufmann.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved. Thread-safe. */
public final class SettableClock implements Clock {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    // Not from zero, and near the point where a running count turns negative: nobody may take it for a time of day.
    private static final long FIRST_NANOS =
            Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private final AtomicLong passed = new AtomicLong();

    @Override
    public Instant instant() {
        return START.plusNanos(passed.get());
    }

    @Override
    public long nanos() {
        return FIRST_NANOS + passed.get();
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        passed.addAndGet(time.toNanos());
    }
}
