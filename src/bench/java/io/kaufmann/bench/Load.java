package io.kaufmann.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes and fills the topics that contestants read. */
final class Load implements AutoCloseable {

    private final Events events;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaProducer<byte[], byte[]> prompt;
    private final Set<String> loaded = new HashSet<>();

    Load(String bootstrapServers, String registryUrl) {
        events = Events.register(registryUrl);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("linger.ms", 20);
        settings.put("batch.size", 128 << 10);
        settings.put("buffer.memory", 64 << 20);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        // Not each in a request of its own: the broker would need more than a core for that, and what is measured then
        // is
        // how long a contestant waits for the other.
        prompt = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void create(String topic, int partitions) throws InterruptedException, ExecutionException {
        if (loaded.add(topic)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            // A producer that meets a partition before it has a leader may keep its first events for two minutes.
            while (!hasLeaders(topic)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private boolean hasLeaders(String topic) throws InterruptedException, ExecutionException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                    .noneMatch(partition ->
                            partition.leader() == null || partition.leader().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    void delete(String topic) throws InterruptedException, ExecutionException {
        if (loaded.remove(topic)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /** Creates the topic and writes its events, unless that was done before. */
    void fill(Work.TopicSpec topic) throws InterruptedException, ExecutionException {
        if (loaded.contains(topic.name())) {
            return;
        }
        create(topic.name(), topic.partitions());
        String text = Events.text(topic.textLength());
        // Contestants count on every one of them: what was not taken, as by a leader that is not there yet, is sent
        // again.
        Queue<Long> failed = new ConcurrentLinkedQueue<>();
        for (long i = 0; i < topic.events(); i++) {
            send(topic, i, text, failed);
        }
        producer.flush();
        while (!failed.isEmpty()) {
            send(topic, failed.remove(), text, failed);
            producer.flush();
        }
    }

    private void send(Work.TopicSpec topic, long number, String text, Queue<Long> failed) {
        producer.send(record(topic, number, 0, text), (metadata, error) -> {
            if (error != null) {
                System.out.println("Event " + number + " of topic " + topic.name() + " is sent again: " + error);
                failed.add(number);
            }
        });
    }

    /** Sends at a fixed rate until it is interrupted; each event tells when it was to be sent. */
    void sendAtRate(Work.TopicSpec topic, int perSecond) {
        String text = Events.text(topic.textLength());
        // A partition whose first events meet a leader that is not ready, several requests of them at once, lags for
        // the
        // whole run: the producer gets their sequence right only slowly.
        for (int i = 0; i < topic.partitions(); i++) {
            Clients.await(prompt.send(record(topic, i, Runner.nowMicros(), text)));
        }
        long start = System.nanoTime();
        for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
            long after = i * 1_000_000_000 / perSecond;
            for (long left = start + after - System.nanoTime(); left > 0; left = start + after - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            prompt.send(record(topic, i, TimeUnit.NANOSECONDS.toMicros(start + after), text));
        }
    }

    private ProducerRecord<byte[], byte[]> record(Work.TopicSpec topic, long number, long sentMicros, String text) {
        byte[] value = events.encode(number, sentMicros, text);
        return new ProducerRecord<>(topic.name(), partition(topic, number), Events.key(topic, number), value);
    }

    /** By the key, so that a key is in one partition; evenly without one. */
    private static Integer partition(Work.TopicSpec topic, long number) {
        return topic.keys() == 0 ? (int) (number % topic.partitions()) : null;
    }

    @Override
    public void close() {
        prompt.close();
        producer.close();
        admin.close();
    }
}
