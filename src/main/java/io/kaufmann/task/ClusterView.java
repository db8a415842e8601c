package io.kaufmann.task;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.EventName;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an administrator sees of the cluster. Thread-safe, but for its closing. */
final class ClusterView implements AutoCloseable {

    // A person waits: Kafka's own are half a minute for a request and a minute in all.
    private static final int REQUEST_MILLIS = 10_000;
    private static final int CALL_MILLIS = 20_000;

    /** By topic and number. */
    static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final Admin admin;

    ClusterView(KaufmannConfig config) {
        Map<String, Object> settings = new HashMap<>(config.adminProperties());
        if (!settings.containsKey(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG)) {
            settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
            settings.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
        }
        // With Kafka's default an admin client that finds no broker spins.
        settings.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        admin = Admin.create(settings);
    }

    Admin admin() {
        return admin;
    }

    /** How many partitions a topic has; empty when there is none of this name. */
    OptionalInt partitions(String topic) {
        try {
            return OptionalInt.of(
                    get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
                            .partitions()
                            .size());
        } catch (UnknownTopicOrPartitionException | InvalidTopicException e) {
            return OptionalInt.empty();
        }
    }

    /** How many partitions each of these topics has; those that do not exist are left out. */
    Map<String, Integer> partitions(Collection<String> topics) {
        Map<String, Integer> counts = new TreeMap<>();
        topics.forEach(topic -> partitions(topic).ifPresent(count -> counts.put(topic, count)));
        return counts;
    }

    /** How many partitions a topic has; throws {@link TaskException} with this advice when there is none of this name. */
    int requirePartitions(String topic, String advice) {
        return partitions(topic)
                .orElseThrow(() -> new TaskException(
                        "There is no topic '" + EventName.printable(topic) + "' on this cluster. " + advice));
    }

    /** Ends as the service sees them, by its isolation level: another end it would never reach. */
    static ListOffsetsOptions visibleTo(KaufmannConfig config) {
        String isolation = Objects.toString(
                config.consumerProperties().get(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_uncommitted");
        return new ListOffsetsOptions(IsolationLevel.valueOf(isolation.toUpperCase(Locale.ROOT)));
    }

    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
