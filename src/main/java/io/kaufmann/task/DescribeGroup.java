package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.EventName;
import io.kaufmann.internal.consume.CommittedBeyond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Tells how a service's consumer group stands: its members, and for each partition how far it is. Only looks. Thread-safe.
 *
 * <pre>{@code
 * GroupReport report = DescribeGroup.of(config).run();
 * }</pre>
 */
public final class DescribeGroup {

    private final KaufmannConfig config;
    private final Optional<List<String>> onlyTopics;
    private final List<String> expectedTopics;

    private DescribeGroup(KaufmannConfig config, Optional<List<String>> onlyTopics, List<String> expectedTopics) {
        this.config = config;
        this.onlyTopics = onlyTopics;
        this.expectedTopics = expectedTopics;
    }

    /**
     * Of the configured group: what it has committed, and the topics that the service reads.
     *
     * @param config says where the cluster is, and names the group
     * @return the task
     */
    public static DescribeGroup of(KaufmannConfig config) {
        return new DescribeGroup(config, Optional.empty(), config.subscriptionTopics());
    }

    /**
     * The same for these topics alone.
     *
     * @param topics the topics
     * @return the task
     */
    public DescribeGroup topics(List<String> topics) {
        return new DescribeGroup(config, Optional.of(List.copyOf(topics)), topics);
    }

    /**
     * The same for whatever the group has committed or its members read, and no other topic.
     *
     * @return the task
     */
    public DescribeGroup knownToTheGroup() {
        return new DescribeGroup(config, Optional.empty(), List.of());
    }

    /**
     * Asks the cluster.
     *
     * @return what it says
     * @throws TaskException when there is no such group or topic
     * @throws org.apache.kafka.common.KafkaException when the cluster does not answer, or refuses
     */
    public GroupReport run() {
        try (ClusterView cluster = new ClusterView(config)) {
            ConsumerGroupDescription group = group(cluster);
            Map<TopicPartition, OffsetAndMetadata> commits = ClusterView.get(cluster.admin()
                    .listConsumerGroupOffsets(config.consumerGroup())
                    .partitionsToOffsetAndMetadata());
            Map<TopicPartition, String> readers = readers(group);
            Map<TopicPartition, Long> ends = ends(cluster, partitions(cluster, commits, readers.keySet()));
            List<GroupReport.Partition> partitions = ends.entrySet().stream()
                    .map(end -> partition(
                            end.getKey(), end.getValue(), readers, Optional.ofNullable(commits.get(end.getKey()))))
                    .toList();
            return new GroupReport(
                    config.consumerGroup(),
                    group.groupState().toString(),
                    protocol(group),
                    group.members().stream()
                            .map(DescribeGroup::member)
                            .sorted(Comparator.comparing(GroupReport.Member::clientId)
                                    .thenComparing(GroupReport.Member::id))
                            .toList(),
                    partitions,
                    partitions.stream().mapToLong(p -> p.lag().orElse(0)).sum());
        }
    }

    private ConsumerGroupDescription group(ClusterView cluster) {
        String name = config.consumerGroup();
        try {
            ConsumerGroupDescription group = ClusterView.get(cluster.admin()
                    .describeConsumerGroups(List.of(name))
                    .describedGroups()
                    .get(name));
            if (group.groupState() != GroupState.DEAD) {
                return group;
            }
        } catch (GroupIdNotFoundException e) {
            // Told below, with the names that may have been meant.
        }
        throw new TaskException("There is no consumer group '" + EventName.printable(name) + "' on this cluster. "
                + LikeNames.sentence(name, groupNames(cluster))
                + " A group exists from its first member or commit on");
    }

    private static Set<String> groupNames(ClusterView cluster) {
        return ClusterView.get(cluster.admin().listGroups().all()).stream()
                .map(listing -> listing.groupId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String protocol(ConsumerGroupDescription group) {
        String assignor = group.partitionAssignor();
        return group.type() + (assignor == null || assignor.isEmpty() ? "" : ", " + assignor);
    }

    private static GroupReport.Member member(MemberDescription member) {
        return new GroupReport.Member(
                member.consumerId(),
                member.clientId(),
                // Kafka writes /10.0.0.7.
                member.host().startsWith("/") ? member.host().substring(1) : member.host(),
                member.assignment().topicPartitions().size());
    }

    private static Map<TopicPartition, String> readers(ConsumerGroupDescription group) {
        Map<TopicPartition, String> readers = new HashMap<>();
        group.members()
                .forEach(member -> member.assignment()
                        .topicPartitions()
                        .forEach(partition -> readers.put(partition, member.clientId())));
        return readers;
    }

    private Set<TopicPartition> partitions(
            ClusterView cluster, Map<TopicPartition, OffsetAndMetadata> commits, Set<TopicPartition> read) {
        Set<TopicPartition> partitions = new TreeSet<>(ClusterView.ORDER);
        for (String topic : expectedTopics) {
            int count = cluster.requirePartitions(
                    topic,
                    "Give the topics that the service reads (kaufmann.subscription.topics, --topic), or create it");
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
        }
        if (onlyTopics.isEmpty()) {
            List<TopicPartition> known = new ArrayList<>(commits.keySet());
            known.addAll(read);
            Map<String, Integer> existing =
                    cluster.partitions(known.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
            known.stream()
                    .filter(partition -> partition.partition() < existing.getOrDefault(partition.topic(), 0))
                    .forEach(partitions::add);
        }
        return partitions;
    }

    private Map<TopicPartition, Long> ends(ClusterView cluster, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new TreeMap<>(ClusterView.ORDER);
        ClusterView.get(cluster.admin()
                        .listOffsets(
                                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
                                ClusterView.visibleTo(config))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static GroupReport.Partition partition(
            TopicPartition partition,
            long end,
            Map<TopicPartition, String> readers,
            Optional<OffsetAndMetadata> commit) {
        CommittedBeyond beyond =
                commit.map(CommittedBeyond::parse).orElseGet(() -> new CommittedBeyond(0, 0, OptionalLong.empty()));
        long redriven = commit.map(Redriven::beyond).orElse(0L);
        return new GroupReport.Partition(
                partition.topic(),
                partition.partition(),
                Optional.ofNullable(readers.get(partition)),
                commit.map(c -> OptionalLong.of(c.offset())).orElseGet(OptionalLong::empty),
                end,
                commit.map(c -> OptionalLong.of(Math.max(0, end - c.offset()))).orElseGet(OptionalLong::empty),
                beyond.finished() + redriven,
                beyond.parkedKeys(),
                beyond.replayUntil());
    }
}
