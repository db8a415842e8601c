package io.kaufmann.internal.work;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the time of handlers that take too long: their event fails, they are interrupted, and a worker that does not come back
 * from its handler soon after that is replaced. Looks at all that run, many times within the limit: a timer for each call would
 * cost each event more than this costs all. For the timer's thread.
 */
public final class TimeLimit {

    private static final Logger LOG = LoggerFactory.getLogger(TimeLimit.class);

    private static final Duration LONGEST_PERIOD = Duration.ofMillis(100);
    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(1);

    private final Duration limit;
    private final WorkerPool pool;
    private final EventProcessor processor;
    private final Clock clock;
    private volatile int unreplaced;

    /**
     * A limit for the handlers of a pool.
     *
     * @param limit how long a handler may take
     * @param pool the workers
     * @param processor goes on with the events
     * @param clock tells the time
     */
    public TimeLimit(Duration limit, WorkerPool pool, EventProcessor processor, Clock clock) {
        this.limit = limit;
        this.pool = pool;
        this.processor = processor;
        this.clock = clock;
    }

    /** Looks again and again, until the timer is closed. */
    public void watch(Timer timer) {
        Duration period = limit.dividedBy(20);
        Duration bounded = shorter(period, LONGEST_PERIOD);
        timer.after(bounded.compareTo(SHORTEST_PERIOD) < 0 ? SHORTEST_PERIOD : bounded, () -> {
            try {
                turn();
            } finally {
                watch(timer);
            }
        });
    }

    /** Looks once. */
    void turn() {
        int stuck = (int) pool.calls().filter(this::isStuck).count();
        if (stuck > 0 && unreplaced == 0) {
            LOG.error(
                    "{} worker(s) are stuck in handlers that do not heed their interrupt, besides {} that were replaced, and no"
                            + " more are (kaufmann.max.lost.workers): events will stall. Mend the handler, and start the"
                            + " service anew",
                    stuck,
                    pool.lost());
        }
        unreplaced = stuck;
    }

    /** How many workers are stuck in handlers past their time, without another in their place. Any thread. */
    public int unreplaced() {
        return unreplaced;
    }

    /** Ends a call whose time is over. Whether it holds a worker all the same, without another in its place. */
    private boolean isStuck(HandlerCall call) {
        Duration age = clock.since(call.startNanos());
        if (age.compareTo(limit) < 0) {
            return false;
        }
        if (processor.endTime(call, limit)) {
            LOG.debug(
                    "{} has had its time, {} is interrupted",
                    call.delivery(),
                    call.thread().getName());
        }
        return call.isOverdue() && age.compareTo(limit.plus(grace())) >= 0 && !pool.replace(call);
    }

    /** How long an interrupted handler may take to return before its worker counts as lost. */
    private Duration grace() {
        return shorter(limit, LONGEST_GRACE);
    }
}
