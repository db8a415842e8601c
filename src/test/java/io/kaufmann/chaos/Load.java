package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.testing.RawProducer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends events at a steady rate, and notes where each went. Its thread ends with {@link #close()}. */
final class Load implements AutoCloseable {

    private static final int KEYS = 60;
    private static final Duration BETWEEN = Duration.ofMillis(25);
    private static final int AT_ONCE = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final ChaosSchemas schemas;
    private final Ledger ledger;
    private final Random random;
    private final List<Deed> deeds;
    private final Thread thread = new Thread(this::run, "chaos-load");
    private volatile boolean ending;
    private volatile RuntimeException failure;
    private long id;

    Load(String bootstrapServers, String topic, ChaosSchemas schemas, Ledger ledger, long seed) {
        this.topic = topic;
        this.schemas = schemas;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.deeds = Deed.mixture(random);
        this.producer = RawProducer.patient(bootstrapServers);
        thread.start();
    }

    private void run() {
        try {
            while (!ending) {
                for (int i = 0; i < AT_ONCE; i++) {
                    send();
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
            producer.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void send() {
        long number = ++id;
        String key = "k" + random.nextInt(KEYS);
        Deed deed = deeds.get((int) (number % deeds.size()));
        byte[] value = deed == Deed.POISON ? "this is no Avro".getBytes(UTF_8) : schemas.work(number, deed);
        ProducerRecord<byte[], byte[]> record = RawProducer.record(topic, ChaosSchemas.WORK + '#' + key, value);
        var unused = producer.send(record, (metadata, error) -> {
            if (error == null) {
                ledger.sent(new Sent(number, key, deed, metadata.partition(), metadata.offset()));
            } else {
                failure = new IllegalStateException("The load could not be sent", error);
            }
        });
    }

    /** Ends, when all that was sent is acknowledged. */
    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        check();
    }

    /** Fails when it has failed: then what is missing says nothing about the services. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
