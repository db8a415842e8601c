package io.kaufmann.internal.work;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of an outage when it begins, every half minute while it lasts, and when it is over, however many events meet it and
 * however often it comes and goes.
 * Thread-safe.
 */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.outages");
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

    private final String what;
    private final Clock clock;
    // Read on the way of each event, without the lock: whether an outage was told of that is not told to be over.
    private volatile boolean told;
    // Guarded by this.
    private long since;
    private long lastTold;
    private boolean toldBefore;

    Outages(String what, Clock clock) {
        this.what = what;
        this.clock = clock;
    }

    /** An event met it. */
    synchronized void met(Object event, String problem) {
        if (toldBefore && clock.since(lastTold).compareTo(BETWEEN_LINES) < 0) {
            return;
        }
        if (!told) {
            since = clock.nanos();
        }
        told = true;
        toldBefore = true;
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
        if (told) {
            over();
        }
    }

    private synchronized void over() {
        if (told) {
            told = false;
            LOG.info("{} goes on again, after {} s", what, clock.since(since).toSeconds());
        }
    }
}
