package io.kaufmann.telemetry.micrometer;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The meters that events of late were measured with, by what they tell of themselves. To find one here costs less than to make its
 * tags' key. Bounded; thread-safe.
 */
final class RecentSeries<M> {

    private static final int SIZE = 1 << 12;

    private final AtomicReferenceArray<Entry<M>> entries = new AtomicReferenceArray<>(SIZE);

    private record Entry<M>(String event, String topic, int partition, String handler, String group, M meter) {

        boolean is(String anEvent, String aTopic, int aPartition, String aHandler, String aGroup) {
            return partition == aPartition
                    && event.equals(anEvent)
                    && topic.equals(aTopic)
                    && handler.equals(aHandler)
                    && group.equals(aGroup);
        }
    }

    /** The meter for these, looked for elsewhere if it is not here. */
    M of(String event, String topic, int partition, String handler, String group, Supplier<M> elsewhere) {
        if (event.length() > TagNames.LONGEST) {
            // Any producer can invent it, and it would be kept.
            return elsewhere.get();
        }
        int slot = (31 * (31 * event.hashCode() + topic.hashCode()) + partition) & (SIZE - 1);
        Entry<M> recent = entries.get(slot);
        if (recent != null && recent.is(event, topic, partition, handler, group)) {
            return recent.meter();
        }
        M meter = elsewhere.get();
        entries.set(slot, new Entry<>(event, topic, partition, handler, group, meter));
        return meter;
    }
}
