package io.kaufmann.telemetry.micrometer;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The meters that events of late were measured with, by what they tell of themselves. To find one here costs less than to make its
 * tags' key. Bounded; thread-safe.
 */
final class RecentSeries<M> {

    private static final int SIZE = 1 << 12;

    private final AtomicReferenceArray<Entry<M>> entries = new AtomicReferenceArray<>(SIZE);

    private record Entry<M>(String event, String topic, int partition, String group, String detail, M meter) {

        boolean is(String anEvent, String aTopic, int aPartition, String aGroup, String aDetail) {
            return partition == aPartition
                    && event.equals(anEvent)
                    && topic.equals(aTopic)
                    && detail.equals(aDetail)
                    && group.equals(aGroup);
        }
    }

    /** The meter for these; null when it is not here. */
    M find(String event, String topic, int partition, String group, String detail) {
        Entry<M> recent = entries.get(slot(event, topic, partition, detail));
        return recent != null && recent.is(event, topic, partition, group, detail) ? recent.meter() : null;
    }

    /** Keeps a meter, in the place of another. */
    void keep(String event, String topic, int partition, String group, String detail, M meter) {
        // Any producer can invent a long one, and it would be kept.
        if (event.length() <= TagNames.LONGEST) {
            entries.set(
                    slot(event, topic, partition, detail), new Entry<>(event, topic, partition, group, detail, meter));
        }
    }

    private static int slot(String event, String topic, int partition, String detail) {
        int hash = 31 * (31 * (31 * event.hashCode() + topic.hashCode()) + detail.hashCode()) + partition;
        return hash & (SIZE - 1);
    }
}
