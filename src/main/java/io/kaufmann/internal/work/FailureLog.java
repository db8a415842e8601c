package io.kaufmann.internal.work;

import io.kaufmann.health.LastFailure;
import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the events that failed: the first of each kind of failure whole, and after that one each ten seconds with the number
 * of those in between, so that a flood of bad events is no flood of lines. What was only counted is told when its ten seconds are
 * over, whether or not another one fails. Remembers the last that failed for good. Thread-safe.
 */
public final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.failures");
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    // Names of events come from outside; past this many, kinds share one entry.
    private static final int MOST_KINDS = 100;
    private static final int LONGEST_KIND = 300;

    private final Clock clock;
    private final ConcurrentHashMap<String, Kind> kinds = new ConcurrentHashMap<>();
    private final LastFailures last = new LastFailures();

    FailureLog(Clock clock) {
        this.clock = clock;
    }

    /** One kind of failure. */
    private static final class Kind {
        final AtomicLong nextLineNanos;
        final AtomicLong unlogged = new AtomicLong();
        // Of those that are only counted. Text: the event itself would keep its payload.
        volatile String newest = "";

        Kind(long nowNanos) {
            nextLineNanos = new AtomicLong(nowNanos);
        }

        /** Whether a line may be written at this time; no other is for a while then. */
        boolean takeTurn(long nowNanos) {
            long due = nextLineNanos.get();
            return nowNanos - due >= 0 && nextLineNanos.compareAndSet(due, nowNanos + BETWEEN_LINES.toNanos());
        }
    }

    /**
     * An event failed for good.
     *
     * @param event the event and its place
     * @param kind what tells this kind of failure from others
     * @param consequence what becomes of it
     * @param error what went wrong: a throwable or a handler's own words
     */
    void failedForGood(Object event, String kind, String consequence, Object error) {
        last.add(new LastFailure(clock.instant(), event.toString(), name(error), consequence));
        failed(event, kind, consequence, error);
    }

    /**
     * Something failed with an event.
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
        if (!known.takeTurn(now)) {
            known.newest = event + " (" + name(error) + "; " + consequence + ")";
            known.unlogged.incrementAndGet();
            return;
        }
        long before = known.unlogged.getAndSet(0);
        String more = before == 0 ? "" : " (and " + before + " like it before)";
        if (error instanceof Throwable throwable) {
            log(event, more, consequence, throwable);
        } else {
            LOG.warn("{}{} failed; {}: {}", event, more, consequence, name(error));
        }
    }

    private static String name(Object error) {
        return error instanceof Throwable ? error.getClass().getName() : "the handler said so";
    }

    private static void log(Object event, String more, String consequence, Throwable error) {
        try {
            LOG.warn("{}{} failed; {}", event, more, consequence, error);
        } catch (Throwable e) {
            // It cannot be printed: its own methods throw.
            LOG.warn("{}{} failed; {}: {}", event, more, consequence, name(error));
        }
    }

    /** Tells what was only counted, of each kind whose time has come. To be called every second or so. */
    public void tellCounted() {
        long now = clock.nanos();
        kinds.values().stream()
                .filter(kind -> kind.unlogged.get() > 0 && kind.takeTurn(now))
                .forEach(FailureLog::tell);
    }

    /** Tells the rest of what was only counted. */
    public void tellRest() {
        kinds.values().forEach(FailureLog::tell);
    }

    private static void tell(Kind kind) {
        long count = kind.unlogged.getAndSet(0);
        if (count > 0) {
            LOG.warn("{} more failed like those before, the newest: {}", count, kind.newest);
        }
    }

    /** The events that failed for good last, the newest first. */
    public List<LastFailure> last() {
        return last.newestFirst();
    }
}
