package io.kaufmann.internal.work;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the events that failed: the first of each kind of failure whole, and after that one each ten seconds with the number
 * of those in between, so that a flood of bad events is no flood of lines. Thread-safe.
 */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.failures");
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    // Names of events come from outside; past this many, kinds share one entry.
    private static final int MOST_KINDS = 1_000;
    private static final int LONGEST_KIND = 300;

    private final Clock clock;
    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();

    FailureLog(Clock clock) {
        this.clock = clock;
    }

    /** One kind of failure. */
    private static final class Kind {
        final AtomicLong nextLineNanos;
        final AtomicLong unlogged = new AtomicLong();

        Kind(long nowNanos) {
            nextLineNanos = new AtomicLong(nowNanos);
        }
    }

    /**
     * An event failed.
     *
     * @param event the event and its place
     * @param kind what tells this kind of failure from others
     * @param consequence what happens now
     * @param error what went wrong: a throwable or a handler's own words
     */
    void failed(Object event, String kind, String consequence, Object error) {
        long now = clock.nanos();
        String cut = kind.length() <= LONGEST_KIND ? kind : kind.substring(0, LONGEST_KIND);
        String key = kinds.containsKey(cut) || kinds.size() < MOST_KINDS ? cut : "others";
        Kind known = kinds.computeIfAbsent(key, k -> new Kind(now));
        long due = known.nextLineNanos.get();
        if (now - due < 0 || !known.nextLineNanos.compareAndSet(due, now + BETWEEN_LINES.toNanos())) {
            known.unlogged.incrementAndGet();
            return;
        }
        long before = known.unlogged.getAndSet(0);
        String more = before == 0 ? "" : " (and " + before + " like it before)";
        if (error instanceof Throwable throwable) {
            log(event, more, consequence, throwable);
        } else {
            LOG.warn("{}{} failed; {}: the handler said so", event, more, consequence);
        }
    }

    private static void log(Object event, String more, String consequence, Throwable error) {
        try {
            LOG.warn("{}{} failed; {}", event, more, consequence, error);
        } catch (Throwable e) {
            // It cannot be printed: its own methods throw.
            LOG.warn(
                    "{}{} failed; {}: {}",
                    event,
                    more,
                    consequence,
                    error.getClass().getName());
        }
    }
}
