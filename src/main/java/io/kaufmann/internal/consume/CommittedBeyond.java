package io.kaufmann.internal.consume;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What a commit of the library's tells beside its offset, for those who only look. Immutable.
 *
 * @param finished how many offsets at and beyond the committed one are finished
 * @param parkedKeys how many ordering keys have their events go to the dead letters, behind one that failed
 * @param replayUntil the offset that ends a replay which is under way; empty when there is none
 */
public record CommittedBeyond(long finished, int parkedKeys, OptionalLong replayUntil) {

    /** Reads it from a commit; one by something else says nothing. */
    public static CommittedBeyond parse(OffsetAndMetadata commit) {
        CommitMetadata metadata = CommitMetadata.parse(commit.metadata(), commit.offset());
        return new CommittedBeyond(
                metadata.finished().count(), metadata.parked().size(), metadata.until());
    }
}
