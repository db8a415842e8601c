package io.kaufmann.internal.consume;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Which partitions are fetched for and which are paused. Consumer thread only. */
final class Fetching {

    private final Consumer<?, ?> consumer;
    private final Set<TopicPartition> paused = new HashSet<>();

    Fetching(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Partitions were assigned: nothing is fetched for them before it is known where they start. */
    void begin(Collection<TopicPartition> assigned) {
        consumer.pause(assigned);
        paused.addAll(assigned);
    }

    /** Partitions are not assigned any more. */
    void end(Collection<TopicPartition> gone) {
        paused.removeAll(gone);
    }

    /**
     * Fetches for the partitions whose records are all handed out, and for none while there is no room: what they brought
     * then would only pile up.
     */
    void adjust(Collection<PartitionLoop> partitions, boolean room) {
        Set<TopicPartition> toPause = new HashSet<>();
        Set<TopicPartition> toResume = new HashSet<>();
        for (PartitionLoop partition : partitions) {
            if (!room || partition.hasBacklog()) {
                if (paused.add(partition.partition())) {
                    toPause.add(partition.partition());
                }
            } else if (paused.remove(partition.partition())) {
                toResume.add(partition.partition());
            }
        }
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
    }
}
