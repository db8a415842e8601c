package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Whose gauges are in a registry. It keeps one of a name and tags, the first; of two services of one process with the same names, or
 * one that gets a partition as the other gives it up, each must know that the gauge is not its own. Thread-safe.
 */
final class Claims {

    private static final Map<MeterRegistry, Map<Object, Object>> OWNERS = new WeakHashMap<>();

    private Claims() {}

    /**
     * Claims gauges, if nobody else has.
     *
     * @param registry where they are
     * @param what their tags
     * @param owner who claims them
     * @return whether they are the owner's now
     */
    static boolean claim(MeterRegistry registry, Object what, Object owner) {
        synchronized (OWNERS) {
            return OWNERS.computeIfAbsent(registry, first -> new HashMap<>()).computeIfAbsent(what, free -> owner)
                    == owner;
        }
    }

    /** Gives claimed gauges up, which must not be in the registry any more. */
    static void release(MeterRegistry registry, Object what, Object owner) {
        synchronized (OWNERS) {
            OWNERS.getOrDefault(registry, new HashMap<>()).remove(what, owner);
        }
    }
}
