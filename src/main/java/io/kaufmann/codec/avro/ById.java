package io.kaufmann.codec.avro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * What is made once for each schema id, and kept: an id stands for the same schema for ever. Thread-safe; two threads that
 * ask at once may both make it, and one is kept.
 */
final class ById<T> {

    private static final int MAX_KEPT = 10_000;

    private final Map<Integer, T> kept = new ConcurrentHashMap<>();

    /** What is kept for this id, else what is made now: not under a lock, since that may ask a registry. */
    T get(int id, IntFunction<T> make) {
        T known = kept.get(id);
        if (known != null) {
            return known;
        }
        T made = make.apply(id);
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(id, made);
        return made;
    }
}
