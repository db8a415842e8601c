package io.kaufmann.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The settings of those contestants' Kafka clients that have none of their own: Kafka's defaults, but for what follows. */
final class Clients {

    private Clients() {}

    static Map<String, Object> consumer(Contestant.Setup setup) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", setup.bootstrapServers());
        settings.put("group.id", setup.group());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return settings;
    }

    /** As safe as Kaufmann's: all replicas, idempotent. */
    static Map<String, Object> producer(Contestant.Setup setup) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", setup.bootstrapServers());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        return settings;
    }

    static KafkaProducer<byte[], byte[]> newProducer(Contestant.Setup setup) {
        return new KafkaProducer<>(producer(setup), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Until the broker has acknowledged it. */
    static void await(Future<?> sent) {
        try {
            sent.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
