package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.testing.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the services write, without a group, and enters it in the ledger: replies, error events and dead letters. Its
 * thread ends with {@link #close()}, at the end of what was written until then.
 */
final class EffectReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EffectReader.class);

    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<TopicPartition> partitions;
    private final String deadTopic;
    private final ChaosSchemas schemas;
    private final Ledger ledger;
    private final Thread thread = new Thread(this::run, "chaos-effects");
    private volatile boolean ending;
    private volatile RuntimeException failure;

    EffectReader(
            String bootstrapServers,
            String topic,
            String deadTopic,
            ChaosSchemas schemas,
            Ledger ledger,
            IsolationLevel isolation) {
        this.deadTopic = deadTopic;
        this.schemas = schemas;
        this.ledger = ledger;
        this.consumer = TopicReader.fromTheBeginning(bootstrapServers, isolation, topic, deadTopic);
        this.partitions = consumer.assignment();
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                read();
            }
            readToTheEnd();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void read() {
        try {
            consumer.poll(Duration.ofMillis(50)).forEach(this::enter);
        } catch (RetriableException e) {
            LOG.debug("A broker is down", e);
        }
    }

    private void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long until = System.nanoTime() + END_NANOS;
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("What the services wrote could not be read to its end in 60 s");
            }
            read();
        }
    }

    private void enter(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(deadTopic)) {
            ledger.letter(Sent.place(header(record, "partition"), header(record, "offset")));
            return;
        }
        String name = new String(record.key(), UTF_8);
        Map<?, ?> event = schemas.read(record.value());
        Map<?, ?> payload = (Map<?, ?>) event.get("payload");
        long now = System.nanoTime();
        if (name.startsWith(ChaosSchemas.POISONED)) {
            ledger.effect(
                    Sent.place(payload.get("partition"), payload.get("offset")),
                    new Effect(0, record.partition(), record.offset(), now));
        } else if (name.startsWith(ChaosSchemas.DONE)) {
            ledger.effect(new Effect((Long) payload.get("id"), record.partition(), record.offset(), now));
        } else {
            String id = String.valueOf(((Map<?, ?>) event.get("meta")).get("callback_id"));
            ledger.effect(new Effect(Long.parseLong(id), record.partition(), record.offset(), now));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(
                letter.headers().lastHeader("__connect.errors." + name).value(), UTF_8);
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
