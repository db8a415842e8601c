package io.kaufmann.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records byte for byte through a plain {@link KafkaProducer}, with nothing of the library in between.
 * Thread-safe.
 */
public final class RawProducer implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    /** A producer that outlasts what tests do to brokers: it gives a record up after ten minutes. */
    public static KafkaProducer<byte[], byte[]> patient(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        600_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A producer of the cluster at this address. */
    public RawProducer(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        30_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A record without a chosen partition; the key as UTF-8. */
    public static ProducerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
        return new ProducerRecord<>(topic, utf8(key), value);
    }

    /** A record for one partition; the key as UTF-8. */
    public static ProducerRecord<byte[], byte[]> record(String topic, int partition, String key, byte[] value) {
        return new ProducerRecord<>(topic, partition, utf8(key), value);
    }

    /** A record without a chosen partition; the key and the headers' values as UTF-8. */
    public static ProducerRecord<byte[], byte[]> record(
            String topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = record(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, utf8(text)));
        return record;
    }

    /** Hands a record to the producer; the future is done when the broker has acknowledged it. */
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** Writes a record and returns, once it is acknowledged, where it went. */
    public RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
        return write(List.of(record)).get(0);
    }

    /** Writes records in this order and returns, once all are acknowledged, where they went. */
    public List<RecordMetadata> write(Iterable<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(record -> sent.add(producer.send(record)));
        producer.flush();
        return sent.stream().map(RawProducer::get).toList();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RecordMetadata get(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptException(interrupted);
        }
    }
}
