package io.kaufmann.codec.avro;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * What is made once for each schema id, and kept: an id stands for the same schema for ever. A look-up takes no lock and
 * allocates nothing, not even a boxed id, since each event makes one. Thread-safe; two threads that ask at once may both
 * make it, and one is kept.
 */
final class ById<T> {

    private static final int MAX_KEPT = 10_000;
    private static final int SMALLEST = 64;

    private record Kept<T>(int id, T value) {}

    // Open addressing, never more than half full. What is in a published table stays in it.
    private volatile AtomicReferenceArray<Kept<T>> table = new AtomicReferenceArray<>(SMALLEST);
    // Guarded by this.
    private int size;

    /** What is kept for this id, else what is made now: not under a lock, since that may ask a registry. */
    T get(int id, IntFunction<T> make) {
        Kept<T> known = find(id);
        return known != null ? known.value : put(id, make.apply(id));
    }

    private Kept<T> find(int id) {
        AtomicReferenceArray<Kept<T>> slots = table;
        return slots.get(slot(slots, id));
    }

    private synchronized T put(int id, T made) {
        Kept<T> known = find(id);
        if (known != null) {
            return known.value;
        }
        if (size == MAX_KEPT) {
            table = new AtomicReferenceArray<>(SMALLEST);
            size = 0;
        } else if (2 * (size + 1) > table.length()) {
            table = doubled(table);
        }
        table.set(slot(table, id), new Kept<>(id, made));
        size++;
        return made;
    }

    private static <T> AtomicReferenceArray<Kept<T>> doubled(AtomicReferenceArray<Kept<T>> slots) {
        AtomicReferenceArray<Kept<T>> larger = new AtomicReferenceArray<>(2 * slots.length());
        for (int i = 0; i < slots.length(); i++) {
            Kept<T> kept = slots.get(i);
            if (kept != null) {
                larger.set(slot(larger, kept.id), kept);
            }
        }
        return larger;
    }

    /** Where an id is, or would be. */
    private static <T> int slot(AtomicReferenceArray<Kept<T>> slots, int id) {
        int mask = slots.length() - 1;
        int hash = id * 0x9E3779B9;
        int i = (hash ^ hash >>> 16) & mask;
        for (Kept<T> kept = slots.get(i); kept != null && kept.id != id; kept = slots.get(i)) {
            i = (i + 1) & mask;
        }
        return i;
    }
}
