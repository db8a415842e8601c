package io.kaufmann.task;

import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What a replay will do, or has yet to do. Immutable.
 *
 * @param group the service's consumer group
 * @param resumed whether it goes on where another one stopped
 * @param partitions what it will do in each partition, by topic and number
 */
public record ReplayPlan(String group, boolean resumed, List<Partition> partitions) {

    /** Copies the list. */
    public ReplayPlan {
        partitions = List.copyOf(partitions);
    }

    /**
     * What it will do in one partition: it takes the events from one offset to another, without the latter.
     *
     * @param topic the topic
     * @param number the partition's number
     * @param from the offset of the first event
     * @param to the offset after the last one
     * @param beginning the offset of the oldest event that there is
     * @param end the offset after the newest one
     * @param committed what the group has committed; empty when it has not
     * @param note what is remarkable; empty for nothing
     */
    public record Partition(
            String topic,
            int number,
            long from,
            long to,
            long beginning,
            long end,
            OptionalLong committed,
            String note) {

        /** {@return how many offsets it takes; where a topic is compacted there are fewer events} */
        public long events() {
            return to - from;
        }

        TopicPartition topicPartition() {
            return new TopicPartition(topic, number);
        }

        @Override
        public String toString() {
            return topic + "-" + number;
        }
    }

    /** {@return how many offsets all partitions take} */
    public long events() {
        return partitions.stream().mapToLong(Partition::events).sum();
    }
}
