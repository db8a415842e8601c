package io.kaufmann.publish;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the one producer that a service sends everything with: to wrap Kafka's own, for traces or the like, or to put another
 * in its place.
 */
@FunctionalInterface
public interface ProducerFactory {

    /**
     * Makes the producer, once for each start of a service, which closes it in the end. What is promised of replies rests on
     * it: it must be thread-safe, and call back for each record once the broker has acknowledged it, in order.
     *
     * @param settings Kafka's producer settings, by Kafka's names; the guarantees' own ({@code acks=all},
     *     {@code enable.idempotence=true}) are among them
     * @return the producer
     */
    Producer<byte[], byte[]> create(Map<String, Object> settings);

    /** Kafka's own producer. */
    static ProducerFactory kafka() {
        return settings -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
