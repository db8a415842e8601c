package io.kaufmann.schema;

import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Schemas by GUID, which never changes its meaning either. When there is no more room, some go, whichever: each costs one
 * more request. Thread-safe.
 */
final class SchemasByGuid {

    private final ConcurrentHashMap<String, RegisteredSchema> known = new ConcurrentHashMap<>();
    private final SharedRequests<String> requests = new SharedRequests<>();
    private final Function<String, RegisteredSchema> registry;
    private final RecentFailures<String> failures;
    private final int capacity;

    SchemasByGuid(Function<String, RegisteredSchema> registry, CacheLimits limits, LongSupplier clock) {
        this.registry = registry;
        this.failures = new RecentFailures<>(clock, limits.notFoundFor(), limits.unavailableFor());
        this.capacity = limits.maxEntries();
    }

    RegisteredSchema get(String guid) {
        RegisteredSchema schema = known.get(guid);
        if (schema != null) {
            return schema;
        }
        // In one form, so that no GUID fills several places; it is mostly in that form already.
        String wanted = guid.toLowerCase(Locale.ROOT);
        schema = known.get(wanted);
        return schema != null ? schema : requests.share(wanted, () -> request(wanted));
    }

    /** Forgets that schemas could not be had, since one was registered. */
    void registered() {
        failures.forgetAll();
    }

    int size() {
        return known.size();
    }

    private RegisteredSchema request(String guid) {
        // A request that ended between this thread's look at the cache and now has answered already.
        RegisteredSchema before = known.get(guid);
        if (before != null) {
            return before;
        }
        failures.rethrow(guid);
        try {
            RegisteredSchema schema = registry.apply(guid);
            keep(guid, schema);
            return schema;
        } catch (SchemaRegistryException e) {
            failures.remember(guid, e);
            throw e;
        }
    }

    private synchronized void keep(String guid, RegisteredSchema schema) {
        if (known.size() >= capacity) {
            Iterator<String> some = known.keySet().iterator();
            for (int i = 0; i <= capacity / 10 && some.hasNext(); i++) {
                some.next();
                some.remove();
            }
        }
        known.put(guid, schema);
    }
}
