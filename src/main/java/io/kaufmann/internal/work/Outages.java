package io.kaufmann.internal.work;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of an outage when it begins, now and then while it lasts, and when it is over, however many events meet it.
 * Thread-safe.
 */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final Duration BETWEEN_REMINDERS = Duration.ofSeconds(30);

    private final String what;
    private final Clock clock;
    // Read on the way of each event, without the lock.
    private volatile boolean on;
    // Guarded by this.
    private long since;
    private long lastTold;

    Outages(String what, Clock clock) {
        this.what = what;
        this.clock = clock;
    }

    /** An event met it. */
    synchronized void met(Object event, String problem) {
        if (!on) {
            on = true;
            since = clock.nanos();
        } else if (clock.since(lastTold).compareTo(BETWEEN_REMINDERS) < 0) {
            return;
        }
        lastTold = clock.nanos();
        LOG.warn(
                "{} is held up, for {} s now: {} and others wait and are tried again, nothing is lost or skipped. {}",
                what,
                clock.since(since).toSeconds(),
                event,
                problem);
    }

    /** An event found it working. */
    void notMet() {
        if (on) {
            over();
        }
    }

    private synchronized void over() {
        if (on) {
            on = false;
            LOG.info("{} goes on again, after {} s", what, clock.since(since).toSeconds());
        }
    }
}
