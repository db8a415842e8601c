package io.kaufmann.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded table of schemas by id. A look-up takes no lock and allocates nothing, not even a boxed id, since each event
 * makes one. When the table is full, those not asked for since the last time it was full go first. Thread-safe.
 */
final class SchemasById {

    private static final class Slot {
        final RegisteredSchema schema;
        // Any thread, without order: it is a hint for the next eviction, and a lost write costs one request.
        boolean used;

        Slot(RegisteredSchema schema) {
            this.schema = schema;
        }
    }

    private final int capacity;
    // Open addressing, never more than half full. Slots are only ever added to a published table; to take one out, a
    // new
    // table is published. So a reader sees each probe sequence whole, or misses an id that is being added.
    private volatile AtomicReferenceArray<Slot> table = new AtomicReferenceArray<>(64);
    // Guarded by this.
    private int size;

    SchemasById(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("maxIds is " + capacity + "; write 1 or more");
        }
        this.capacity = capacity;
    }

    /** The schema of an id, or null. */
    RegisteredSchema get(int id) {
        AtomicReferenceArray<Slot> slots = table;
        int mask = slots.length() - 1;
        for (int i = spread(id) & mask; ; i = (i + 1) & mask) {
            Slot slot = slots.get(i);
            if (slot == null) {
                return null;
            }
            if (slot.schema.id() == id) {
                if (!slot.used) {
                    slot.used = true;
                }
                return slot.schema;
            }
        }
    }

    synchronized void put(RegisteredSchema schema) {
        if (get(schema.id()) != null) {
            return;
        }
        if (size == capacity) {
            rebuild(kept());
        } else if (2 * (size + 1) > table.length()) {
            rebuild(all());
        }
        add(table, new Slot(schema));
        size++;
    }

    synchronized int size() {
        return size;
    }

    /** Those used since the last eviction, yet at most nine tenths, so that the next schemas need no eviction. */
    private List<Slot> kept() {
        int most = capacity - Math.max(1, capacity / 10);
        List<Slot> kept = new ArrayList<>(capacity);
        for (Slot slot : all()) {
            if (slot.used && kept.size() < most) {
                kept.add(slot);
            }
            slot.used = false;
        }
        return kept;
    }

    private List<Slot> all() {
        List<Slot> all = new ArrayList<>(size);
        for (int i = 0; i < table.length(); i++) {
            if (table.get(i) != null) {
                all.add(table.get(i));
            }
        }
        return all;
    }

    private void rebuild(List<Slot> slots) {
        int length = 64;
        while (length < 4 * slots.size()) {
            length *= 2;
        }
        AtomicReferenceArray<Slot> rebuilt = new AtomicReferenceArray<>(length);
        slots.forEach(slot -> add(rebuilt, slot));
        table = rebuilt;
        size = slots.size();
    }

    private static void add(AtomicReferenceArray<Slot> slots, Slot slot) {
        int mask = slots.length() - 1;
        int i = spread(slot.schema.id()) & mask;
        while (slots.get(i) != null) {
            i = (i + 1) & mask;
        }
        slots.set(i, slot);
    }

    private static int spread(int id) {
        int h = id * 0x9E3779B9;
        return h ^ (h >>> 16);
    }
}
