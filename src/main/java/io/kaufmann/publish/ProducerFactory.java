package io.kaufmann.publish;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the producers that a service sends with: to wrap Kafka's own, for traces or the like, or to put others in their place.
 * Without transactions there is one, which everything is sent with. A service that runs exactly once has that one too, for what
 * is published outside of handlers, and for replies a transactional one for each of its consumer threads.
 */
@FunctionalInterface
public interface ProducerFactory {

    /**
     * Makes a producer, which the service closes in the end. What is promised of replies rests on it: it must be thread-safe,
     * and call back for each record once the broker has acknowledged it, in order.
     *
     * <p>Called once for each start of a service. When that runs exactly once, it is called several times, from several threads:
     * again for each consumer thread, and whenever one has to replace its producer. These calls have a {@code transactional.id}
     * among their settings, one of its own for each thread, and the producer must pass on the calls of a transaction ({@code
     * initTransactions} to {@code abortTransaction}, {@code sendOffsetsToTransaction} too) with the errors that Kafka's own
     * throws. Each call must make a new producer, never one that was made before.
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
