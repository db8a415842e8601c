package io.kaufmann.schema;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The newest version of each subject, kept for a time. Once that has passed, one thread asks again while the others go on
 * with the old one, which is also kept while the registry is down. Thread-safe.
 */
final class LatestSchemas {

    private record Known(RegisteredSchema schema, long since) {}

    private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();
    private final SharedRequests<String> requests = new SharedRequests<>();
    private final AtomicBoolean refreshing = new AtomicBoolean();

    private final Function<String, RegisteredSchema> registry;
    private final RecentFailures<String> failures;
    private final LongSupplier clock;
    private final long lasts;
    private final long refreshPause;
    private final int capacity;

    // Written by the one thread that refreshes.
    private volatile long refreshFailedAt;
    private volatile boolean refreshFailed;
    // Counts registrations: what was asked for before one is out of date after it. Guarded by this.
    private long registrations;

    LatestSchemas(Function<String, RegisteredSchema> registry, CacheLimits limits, LongSupplier clock) {
        this.registry = registry;
        this.failures = new RecentFailures<>(clock, limits.notFoundFor(), limits.unavailableFor());
        this.clock = clock;
        this.lasts = limits.latestFor().toNanos();
        this.refreshPause = limits.unavailableFor().toNanos();
        this.capacity = limits.maxEntries();
    }

    RegisteredSchema get(String subject) {
        Known entry = known.get(subject);
        if (entry == null) {
            return requests.share(subject, () -> firstRequest(subject));
        }
        return isFresh(entry) || !mayRefresh() ? entry.schema() : refresh(subject, entry);
    }

    /** Forgets a subject, since something was registered under it. */
    void changed(String subject) {
        synchronized (this) {
            registrations++;
            known.remove(subject);
            failures.forget(subject);
        }
        requests.forget(subject);
    }

    int size() {
        return known.size();
    }

    private boolean isFresh(Known entry) {
        return clock.getAsLong() - entry.since() < lasts;
    }

    private RegisteredSchema firstRequest(String subject) {
        // A request that ended between this thread's look at the cache and now has answered already.
        Known entry = known.get(subject);
        if (entry != null) {
            return entry.schema();
        }
        failures.rethrow(subject);
        return request(subject);
    }

    // One refresh at a time for all subjects: a registry that hangs holds up one worker, not one for each subject.
    private boolean mayRefresh() {
        boolean paused = refreshFailed && clock.getAsLong() - refreshFailedAt < refreshPause;
        return !paused && refreshing.compareAndSet(false, true);
    }

    private RegisteredSchema refresh(String subject, Known old) {
        try {
            Known now = known.get(subject);
            RegisteredSchema schema = now != null && isFresh(now) ? now.schema() : request(subject);
            refreshFailed = false;
            return schema;
        } catch (RegistryUnavailableException e) {
            refreshFailedAt = clock.getAsLong();
            refreshFailed = !SharedRequests.wasInterrupted(e);
            failures.forget(subject);
            return old.schema();
        } finally {
            refreshing.set(false);
        }
    }

    private RegisteredSchema request(String subject) {
        long before = registrations();
        try {
            RegisteredSchema schema = registry.apply(subject);
            keep(subject, schema, before);
            return schema;
        } catch (SchemaRegistryException e) {
            keep(subject, e, before);
            throw e;
        }
    }

    private synchronized long registrations() {
        return registrations;
    }

    private synchronized void keep(String subject, SchemaRegistryException failure, long before) {
        if (registrations != before) {
            return;
        }
        if (!(failure instanceof RegistryUnavailableException)) {
            // The registry answered: what was known of the subject is no longer so.
            known.remove(subject);
        }
        failures.remember(subject, failure);
    }

    private synchronized void keep(String subject, RegisteredSchema schema, long before) {
        if (registrations != before) {
            return;
        }
        if (known.size() >= capacity && !known.containsKey(subject)) {
            removeOldest();
        }
        known.put(subject, new Known(schema, clock.getAsLong()));
    }

    private void removeOldest() {
        // By age: nanoseconds themselves must not be compared, they may overflow.
        long now = clock.getAsLong();
        known.entrySet().stream()
                .max(Comparator.comparingLong(entry -> now - entry.getValue().since()))
                .map(Map.Entry::getKey)
                .ifPresent(known::remove);
    }
}
