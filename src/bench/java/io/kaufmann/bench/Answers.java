package io.kaufmann.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the answers as they are committed, on a thread of its own. */
final class Answers {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Events events;
    private final String topic;
    private final LongConsumer whenRead;

    /** Answers of a contestant; hears of each the time that its event was to be sent. */
    Answers(Contestant.Setup setup, LongConsumer whenRead) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", setup.bootstrapServers());
        settings.put("isolation.level", "read_committed");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // The replies' schema is the events', by another name.
        this.events = Events.register(setup.registryUrl());
        this.topic = setup.replyTopic();
        this.whenRead = whenRead;
    }

    void start() {
        Thread thread = new Thread(this::read, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        while (true) {
            consumer.poll(Duration.ofSeconds(1))
                    .forEach(record -> whenRead.accept(Events.sent(events.decode(record.value()))));
        }
    }
}
