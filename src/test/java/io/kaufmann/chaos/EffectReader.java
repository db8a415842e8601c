package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the services write, without a group, and enters it in the ledger. Its thread ends with {@link #close()}. */
final class EffectReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectReader.class);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ChaosSchemas schemas;
    private final Ledger ledger;
    private final Thread thread = new Thread(this::run, "chaos-effects");
    private volatile boolean ending;
    private volatile RuntimeException failure;

    EffectReader(String bootstrapServers, String topic, ChaosSchemas schemas, Ledger ledger) {
        this.schemas = schemas;
        this.ledger = ledger;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                try {
                    consumer.poll(Duration.ofMillis(50)).forEach(this::enter);
                } catch (RetriableException e) {
                    LOG.debug("A broker is down", e);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record) {
        String name = new String(record.key(), UTF_8);
        Map<?, ?> event = schemas.read(record.value());
        Map<?, ?> payload = (Map<?, ?>) event.get("payload");
        long now = System.nanoTime();
        if (name.startsWith(ChaosSchemas.POISONED)) {
            ledger.effect(
                    payload.get("partition") + "@" + payload.get("offset"),
                    new Effect(0, record.partition(), record.offset(), now));
        } else if (name.startsWith(ChaosSchemas.DONE)) {
            ledger.effect(new Effect((Long) payload.get("id"), record.partition(), record.offset(), now));
        } else {
            String id = String.valueOf(((Map<?, ?>) event.get("meta")).get("callback_id"));
            ledger.effect(new Effect(Long.parseLong(id), record.partition(), record.offset(), now));
        }
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        check();
    }

    /** Fails when it has failed: then what is missing says nothing about the services. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
