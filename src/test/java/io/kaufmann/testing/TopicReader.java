package io.kaufmann.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic byte for byte through a plain {@link KafkaConsumer} without a group: what it reports does not depend on
 * the library, and it commits nothing. For one thread.
 */
public final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;

    /** A reader of all records of a topic, from its beginning. */
    public TopicReader(String bootstrapServers, String topic) {
        this(bootstrapServers, topic, IsolationLevel.READ_UNCOMMITTED);
    }

    /** A reader of a topic from its beginning, with or without the records of open and aborted transactions. */
    public TopicReader(String bootstrapServers, String topic, IsolationLevel isolation) {
        consumer = fromTheBeginning(bootstrapServers, isolation, topic);
        partitions = consumer.assignment();
    }

    /** A consumer without a group that is to read all partitions of these topics, from their beginnings. */
    public static KafkaConsumer<byte[], byte[]> fromTheBeginning(
            String bootstrapServers, IsolationLevel isolation, String... topics) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation.toString(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        50,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(topics)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** All records of a topic that are there now; of one partition in the order of their offsets. */
    public static List<ConsumerRecord<byte[], byte[]>> readAll(String bootstrapServers, String topic) {
        try (TopicReader reader = new TopicReader(bootstrapServers, topic)) {
            return reader.readToEnd();
        }
    }

    /** The records from where the last call ended (at first: the beginning) to the topic's end at the time of the call. */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (!hasReached(ends)) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** A record's key as text; empty when the record has none. */
    public static Optional<String> key(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
