package io.kaufmann.testing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;

/**
 * Topics and groups of any cluster, as an administrator sees them: to set a test up, and to check from outside what a
 * service did. Thread-safe.
 */
public final class Topics implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;

    /** Topics of the cluster at this address. */
    public Topics(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** A name that no other test uses: {@code orders} becomes something like {@code orders-3f9a1c02}. */
    public static String unique(String base) {
        return base + "-" + UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
    }

    /** Creates a topic under a unique name and returns the name, when clients can write to it. */
    public String createUnique(String base, int partitions) {
        String name = unique(base);
        create(name, partitions);
        return name;
    }

    /** Creates a topic, with the cluster's default replication, and returns when clients can write to it. */
    public void create(String name, int partitions) {
        create(name, partitions, Map.of());
    }

    /** Creates a topic with settings such as {@code cleanup.policy}, and returns when clients can write to it. */
    public void create(String name, int partitions, Map<String, String> settings) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        get(admin.createTopics(List.of(topic)).all());
        Awaitility.await("topic " + name + " has its leaders")
                .atMost(READY_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> describe(name).filter(Topics::isLed).isPresent());
    }

    /** Deletes a topic and returns when it is gone. */
    public void delete(String name) {
        get(admin.deleteTopics(List.of(name)).all());
        Awaitility.await("topic " + name + " is gone")
                .atMost(READY_WITHIN)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> !exists(name));
    }

    /** Whether the cluster knows a topic of this name. */
    public boolean exists(String name) {
        return describe(name).isPresent();
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        return describe(topic)
                .map(description -> description.partitions().size())
                .orElseThrow(() -> new UnknownTopicOrPartitionException("There is no topic " + topic));
    }

    /** For each partition the offset that the next record will get. */
    public SortedMap<Integer, Long> endOffsets(String topic) {
        return endOffsets(topic, IsolationLevel.READ_UNCOMMITTED);
    }

    /** The same as readers see it with or without the records of open transactions. */
    public SortedMap<Integer, Long> endOffsets(String topic, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions(topic))
                .boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), p -> OffsetSpec.latest()));
        return byPartition(
                topic,
                get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all()),
                ListOffsetsResultInfo::offset);
    }

    /** For each partition of a topic the offset that a group has committed; partitions without one are left out. */
    public SortedMap<Integer, Long> committedOffsets(String group, String topic) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return byPartition(topic, committed, OffsetAndMetadata::offset);
    }

    /** Commits an offset for a group that has no members, as a tool would that resets it. */
    public void commit(String group, String topic, int partition, long offset) {
        get(admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all());
    }

    /** Whether nobody reads with a group. */
    public boolean isGroupEmpty(String group) {
        return get(admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group))
                .members()
                .isEmpty();
    }

    @Override
    public void close() {
        admin.close();
    }

    private Optional<TopicDescription> describe(String name) {
        try {
            return Optional.of(
                    get(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
        } catch (UnknownTopicOrPartitionException missing) {
            return Optional.empty();
        }
    }

    private static boolean isLed(TopicDescription topic) {
        return topic.partitions().stream().allMatch(partition -> partition.leader() != null);
    }

    private static <T> SortedMap<Integer, Long> byPartition(
            String topic, Map<TopicPartition, T> values, ToLongFunction<T> offset) {
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        values.forEach((partition, value) -> {
            if (partition.topic().equals(topic) && value != null) {
                offsets.put(partition.partition(), offset.applyAsLong(value));
            }
        });
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptException(interrupted);
        }
    }
}
