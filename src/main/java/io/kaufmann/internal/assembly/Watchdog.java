package io.kaufmann.internal.assembly;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.health.Health;
import io.kaufmann.health.State;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Looks at a service again and again: tells what is stalled in the log, how it does to the telemetry, and what failures were only
 * counted. Whoever asks is told how it does at once. Thread-safe.
 */
final class Watchdog {

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_LAST_WORD = Duration.ofSeconds(1);

    private final Watched watched;
    private final Telemetry telemetry;
    private final StallLog log;
    private final Stalls stalls;
    private final Vitals vitals;
    private final Checkup checkup;
    private final ReentrantLock telling = new ReentrantLock();
    // Guarded by that lock: what ended last must be told last.
    private boolean ended;

    /**
     * A watchdog that does not look yet.
     *
     * @param watched what it looks at
     * @param state where the service stands
     * @param telemetry hears of it, and throws nothing
     * @param clock tells the time
     */
    Watchdog(Watched watched, Supplier<State> state, Telemetry telemetry, Clock clock) {
        this.watched = watched;
        this.telemetry = telemetry;
        this.log = new StallLog(watched.workers(), clock);
        this.stalls = new Stalls(watched, clock);
        this.vitals = new Vitals(watched, state, clock);
        this.checkup = new Checkup(watched, stalls, vitals, state, clock);
    }

    /** Looks again and again, until the timer is closed. */
    void watch(Timer timer) {
        vitals.timerIsHere();
        timer.after(shorter(watched.limits().stallAfter().dividedBy(4), LONGEST_PERIOD), () -> {
            try {
                turn();
            } finally {
                watch(timer);
            }
        });
    }

    /** Looks once. None of what it does keeps it from the rest. */
    void turn() {
        try {
            log.tell(stalls.present());
        } finally {
            try {
                watched.failures().tellCounted();
            } finally {
                tellTelemetry();
            }
        }
    }

    private void tellTelemetry() {
        telling.lock();
        try {
            if (!ended) {
                telemetry.observed(checkup.health());
            }
        } finally {
            telling.unlock();
        }
    }

    /** How the service does. */
    Health health() {
        return checkup.health();
    }

    /** The service has ended, as its state says: tells that, and what failures were only counted. */
    void end() {
        try {
            watched.failures().tellRest();
            // A telemetry that hangs must not keep the service from its end.
            if (telling.tryLock(LONGEST_LAST_WORD.toNanos(), TimeUnit.NANOSECONDS)) {
                try {
                    ended = true;
                    telemetry.observed(checkup.health());
                } finally {
                    telling.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
