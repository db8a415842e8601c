package io.kaufmann.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.testing.AvroValues;
import io.kaufmann.testing.ConfluentFrames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the service writes by a plain consumer without a group, on a thread of its own, and enters it in the ledger.
 */
final class AnswerReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final HttpSchemaRegistry registry;
    private final Names names;
    private final Ledger ledger;
    private final Thread thread = new Thread(this::run, "answer-reader");
    private volatile boolean last;
    private volatile RuntimeException failure;

    // The reader's thread only, once that has started.
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    AnswerReader(String bootstrapServers, HttpSchemaRegistry registry, Names names, Ledger ledger) {
        this.registry = registry;
        this.names = names;
        this.ledger = ledger;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Channel.EVENTS, Channel.ANSWERS)
                .flatMap(channel -> consumer.partitionsFor(names.topic(channel)).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!last) {
                consumer.poll(POLL).forEach(this::enter);
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(this::enter);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record) {
        Schema schema = schemas.computeIfAbsent(
                ConfluentFrames.schemaId(record.value()),
                id -> registry.byId(id).schema());
        Map<?, ?> event = (Map<?, ?>) AvroValues.plain(ConfluentFrames.read(record.value(), schema));
        Channel channel = record.topic().equals(names.topic(Channel.EVENTS)) ? Channel.EVENTS : Channel.ANSWERS;
        ledger.read(new Answer(
                channel,
                new String(record.key(), UTF_8),
                (Map<?, ?>) event.get("meta"),
                (Map<?, ?>) event.get("payload"),
                System.nanoTime()));
    }

    /** Fails when reading has failed: then nothing that is missing says anything about the service. */
    void check() {
        if (failure != null) {
            throw new IllegalStateException("The answers cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** Reads what is there by now, and ends. */
    @Override
    public void close() {
        last = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
