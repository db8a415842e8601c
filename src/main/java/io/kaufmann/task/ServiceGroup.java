package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A service's group and the topics it reads, as the broker tells of them. Thread-safe, as its admin client is. */
final class ServiceGroup {

    private final Admin admin;
    private final String group;
    private final List<String> topics;
    private final ListOffsetsOptions visible;

    ServiceGroup(Admin admin, KaufmannConfig config) {
        this.admin = admin;
        this.group = config.consumerGroup();
        this.topics = config.subscriptionTopics();
        this.visible = ClusterView.visibleTo(config);
    }

    String group() {
        return group;
    }

    /** The partitions of its topics, sorted. */
    Set<TopicPartition> partitions() {
        Set<TopicPartition> partitions = new TreeSet<>(ClusterView.ORDER);
        for (TopicDescription topic : describeTopics().values()) {
            topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
        }
        return partitions;
    }

    private Map<String, TopicDescription> describeTopics() {
        Map<String, TopicDescription> found = new HashMap<>();
        for (String topic : topics) {
            try {
                found.put(
                        topic,
                        Asked.get(
                                admin.describeTopics(List.of(topic))
                                        .topicNameValues()
                                        .get(topic),
                                "look at topic " + topic));
            } catch (TaskException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    throw new TaskException(
                            "There is no topic '" + topic
                                    + "'. Check kaufmann.subscription.topics and kaufmann.default.topic,"
                                    + " and that kaufmann.bootstrap.servers names the right cluster",
                            e);
                }
                throw e;
            }
        }
        return found;
    }

    /** The offsets at a place, of each partition; -1 for a time after the last event. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec place) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> place));
        return Asked.get(admin.listOffsets(asked, visible).all(), "look up offsets of " + topics).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> offset(entry.getValue())));
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }

    /** What it has committed, as far as it has. */
    Map<TopicPartition, OffsetAndMetadata> commits() {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>(Asked.get(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                "read the commits of group " + group));
        commits.values().removeIf(Objects::isNull);
        commits.keySet().removeIf(partition -> !topics.contains(partition.topic()));
        return commits;
    }

    /** Sets its commits. The group must have no members. */
    void commit(Map<TopicPartition, OffsetAndMetadata> commits) {
        if (!commits.isEmpty()) {
            Asked.get(admin.alterConsumerGroupOffsets(group, commits).all(), "set the commits of group " + group);
        }
    }

    /** Its members; none when there is no such group. */
    Collection<MemberDescription> members() {
        return describe().map(ConsumerGroupDescription::members).orElse(List.of());
    }

    /**
     * Sees to it that nobody reads with it.
     *
     * @throws TaskException when somebody does
     */
    void requireInactive() {
        Optional<ConsumerGroupDescription> description = describe();
        boolean inactive = description
                .map(found -> found.members().isEmpty()
                        && Set.of(GroupState.EMPTY, GroupState.DEAD).contains(found.groupState()))
                .orElse(true);
        if (!inactive) {
            throw new TaskException("Group " + group + " is in use ("
                    + description.orElseThrow().groupState() + "): "
                    + names(description.orElseThrow().members())
                    + ". Stop the service, wait until its members are gone, and try again");
        }
    }

    static String names(Collection<MemberDescription> members) {
        String names = members.stream()
                .map(member -> member.clientId() + " at " + member.host() + " with "
                        + member.assignment().topicPartitions().size() + " partition(s)")
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "its members are just joining or leaving" : names;
    }

    private Optional<ConsumerGroupDescription> describe() {
        try {
            return Optional.of(Asked.get(
                    admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group),
                    "look at group " + group));
        } catch (TaskException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
