package io.kaufmann.internal.consume;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How a replay's commits are written and read: they say where it ends, beside where it is. Immutable.
 *
 * @param offset where it is
 * @param until where it ends; empty when there is no replay under way
 * @param partitionsAtFirst how many partitions the topic had when the group first came to it; empty when the commit does not tell
 */
public record ReplayCommit(long offset, OptionalLong until, OptionalInt partitionsAtFirst) {

    /** What a commit says. */
    public static ReplayCommit of(OffsetAndMetadata commit) {
        CommitMetadata told = CommitMetadata.parse(commit.metadata(), commit.offset());
        return new ReplayCommit(commit.offset(), told.until(), told.partitionsAtFirst());
    }

    /** Whether it is of a replay that was not brought to its end: it may have come there, and not have tidied up. */
    public boolean isUnderWay() {
        return until.isPresent();
    }

    /** It as it is committed. */
    public OffsetAndMetadata commit() {
        CommitMetadata metadata = new CommitMetadata(partitionsAtFirst, GapMap.none(), Map.of(), until);
        return new OffsetAndMetadata(offset, metadata.text(offset, 0));
    }
}
