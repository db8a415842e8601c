package io.kaufmann.internal.consume;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Where a partition is read from, and what the group's last commit tells of it. Immutable.
 *
 * @param offset the offset of the first record to be read
 * @param metadata how many partitions the topic had when the group first came to it, what is finished beyond the offset, and
 *     which keys are parked
 */
record StartPosition(long offset, CommitMetadata metadata) {

    /** One that nothing is known of but how many partitions its topic had. */
    static StartPosition at(long offset, int partitionsAtFirst) {
        return new StartPosition(
                offset,
                new CommitMetadata(OptionalInt.of(partitionsAtFirst), GapMap.none(), Map.of(), OptionalLong.empty()));
    }

    /** How many partitions the topic had when the group first came to it. */
    int partitionsAtFirst() {
        return metadata.partitionsAtFirst().orElse(1);
    }

    /** Another one after the log was cut or made anew: what was known of its events holds no more. */
    StartPosition setBackTo(long other) {
        return new StartPosition(
                other, new CommitMetadata(metadata.partitionsAtFirst(), GapMap.none(), Map.of(), metadata.until()));
    }

    /** It as it is committed. */
    OffsetAndMetadata commit() {
        return new OffsetAndMetadata(offset, metadata.text(offset, 0));
    }

    @Override
    public String toString() {
        return "offset " + offset;
    }
}
