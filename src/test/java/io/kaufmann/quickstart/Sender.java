package io.kaufmann.quickstart;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the sample events by a plain producer, and enters them in the ledger. For one thread. */
final class Sender implements AutoCloseable {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Samples samples;
    private final Ledger ledger;
    private int last;

    Sender(String bootstrapServers, Samples samples, Ledger ledger) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        // Nothing waits here for others to go with it: that would count as the service's time.
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.samples = samples;
        this.ledger = ledger;
    }

    /** Sends the next events, as fast as it goes. */
    void burst(Sent.Phase phase, int events) {
        for (int i = 0; i < events; i++) {
            send(phase);
        }
    }

    /** Sends the next events at a steady rate, and does something after each. */
    void steadily(int events, int perSecond, Runnable step) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < events; i++) {
            long due = start + i * NANOS_PER_SECOND / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            send(Sent.Phase.STEADY);
            step.run();
        }
    }

    private void send(Sent.Phase phase) {
        int id = ++last;
        ProducerRecord<byte[], byte[]> record = samples.record(id);
        ledger.sent(new Sent(id, samples.scenario(id), phase, System.nanoTime()));
        // One that fails has no place in the ledger, and so is counted as lost.
        var unused = producer.send(record, (metadata, error) -> {
            if (error == null) {
                ledger.written(id, new Place(metadata.partition(), metadata.offset()));
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
