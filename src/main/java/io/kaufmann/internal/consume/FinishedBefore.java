package io.kaufmann.internal.consume;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier owner of a partition has finished beyond its commit, and what of the present one's work the next owner need
 * not repeat. Consumer thread only.
 *
 * <p>An offset alone does not tell a record: a log that was cut has others there. With the leader epoch that wrote it, it does. So
 * the map has one epoch, it is dropped when a record at one of its offsets has another, and what the present owner finished
 * goes into it as far as it is of the newest epoch.
 */
final class FinishedBefore {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedBefore.class);

    private final TopicPartition partition;
    private GapMap map;
    // The newest epoch that was read, and the offset of its first record.
    private Optional<Integer> epoch = Optional.empty();
    private long epochStart;

    FinishedBefore(TopicPartition partition, GapMap map) {
        this.partition = partition;
        this.map = map;
    }

    /** Whether a record is finished already. The records of a partition are asked for once, in their order. */
    boolean holds(ConsumerRecord<?, ?> record) {
        if (!record.leaderEpoch().equals(epoch)) {
            epoch = record.leaderEpoch();
            epochStart = record.offset();
        }
        if (map.isEmpty()) {
            return false;
        }
        if (map.isContradictedBy(record.offset(), record.leaderEpoch())) {
            LOG.info(
                    "{}@{} is another record than when the last commit was made: what that tells of finished events beyond"
                            + " it is dropped",
                    partition,
                    record.offset());
            map = GapMap.none();
        }
        return map.contains(record.offset(), record.leaderEpoch());
    }

    /** What is finished at and beyond an offset that is committed: of the present owner's work, and of earlier ones'. */
    GapMap with(PartitionProgress<?> progress, long offset) {
        map = map.from(progress.position());
        if (epoch.isEmpty()) {
            return map;
        }
        return GapMap.of(epoch.get(), progress.finishedRanges(Math.max(offset, epochStart)))
                .plus(map);
    }

    /** The epoch of the record before an offset, as far as it is known. */
    Optional<Integer> epochBefore(long offset) {
        return offset > epochStart ? epoch : Optional.empty();
    }
}
