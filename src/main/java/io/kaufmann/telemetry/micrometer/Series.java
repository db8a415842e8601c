package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one measure, each looked up in Micrometer's registry once. There are so many at most; what comes after
 * shares one. Thread-safe.
 */
final class Series<K extends SeriesKey, M> {

    static final int MAX_SERIES = 10_000;

    private final Map<K, M> meters = new ConcurrentHashMap<>();
    private final K other;
    private final Function<Tags, M> register;

    /**
     * Without meters yet.
     *
     * @param other the key that the rest shares
     * @param register makes a meter of these tags
     */
    Series(K other, Function<Tags, M> register) {
        this.other = other;
        this.register = register;
    }

    /** The meter for a key. */
    M of(K key) {
        M known = meters.get(key);
        if (known != null) {
            return known;
        }
        K bounded = meters.size() < MAX_SERIES ? key : other;
        return meters.computeIfAbsent(bounded, absent -> register.apply(absent.tags()));
    }
}
