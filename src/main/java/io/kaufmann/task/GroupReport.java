package io.kaufmann.task;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A consumer group as {@link DescribeGroup} found it. Immutable.
 *
 * @param group its name
 * @param state Kafka's word for its state: {@code Stable}, {@code Empty} (no members) and so on
 * @param protocol the group protocol, {@code Classic} or {@code Consumer}, and how it assigns partitions
 * @param members who reads
 * @param partitions what is read, in the order of topics and partitions
 * @param totalLag how many offsets are between the committed ones and the ends, over all partitions that have a commit
 */
public record GroupReport(
        String group, String state, String protocol, List<Member> members, List<Partition> partitions, long totalLag) {

    /** Keeps copies. */
    public GroupReport {
        members = List.copyOf(members);
        partitions = List.copyOf(partitions);
    }

    /**
     * A member of the group.
     *
     * @param id the id that the broker gave it
     * @param clientId the client id that it gave itself
     * @param host where it runs
     * @param partitions how many partitions it reads
     */
    public record Member(String id, String clientId, String host, int partitions) {}

    /**
     * A partition that the group reads or has read.
     *
     * @param topic its topic
     * @param partition its number
     * @param member the client id of the member that reads it; empty when none does
     * @param committed the committed offset; empty when nothing is committed
     * @param end the offset that the next record will get
     * @param lag how many offsets are between these; empty when nothing is committed
     * @param finishedBeyond how many offsets beyond the committed one are finished already, by the commit's gap map
     * @param parkedKeys how many ordering keys have their events go to the dead letters, behind one that failed
     * @param replayUntil the offset that ends a replay which is under way; empty when there is none
     */
    public record Partition(
            String topic,
            int partition,
            Optional<String> member,
            OptionalLong committed,
            long end,
            OptionalLong lag,
            long finishedBeyond,
            int parkedKeys,
            OptionalLong replayUntil) {}
}
