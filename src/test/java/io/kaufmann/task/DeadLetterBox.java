package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.Result;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.TopicReader;
import io.kaufmann.testing.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic, its dead-letter topic, and letters in it as a service would have written them. */
public final class DeadLetterBox {

    public final TestEnvironment environment;
    public final String group = Topics.unique("orders");
    public final String topic;
    public final String dead;
    private long nextOffset;

    /** With a topic of these partitions, and two of dead letters. */
    public DeadLetterBox(TestEnvironment environment, int partitions) {
        this.environment = environment;
        this.topic = environment.topics().createUnique("orders", partitions);
        this.dead = environment.topics().createUnique("orders.dead", 2);
    }

    public KaufmannConfig.Builder config() {
        return KaufmannConfig.builder()
                .bootstrapServers(environment.bootstrapServers())
                .consumerGroup(group)
                .defaultTopic(topic)
                .deadLetterTopic(dead)
                .serviceName("orders")
                .transcoders("json")
                .eventHandler(event -> Result.noReply());
    }

    public RedriveBuilder redrive() {
        return Redrive.of(config().build());
    }

    /** Writes a letter of an event with an ordering key, from this partition. */
    public void write(String event, String key, int partition) {
        write(event, key, partition, Map.of());
    }

    /** The same with these headers in place of the usual ones; an empty one is left out. */
    public void write(String event, String key, int partition, Map<String, String> more) {
        environment.producer().write(letter(event, key, partition, more));
    }

    /** Writes so many letters of different keys, of these events in turn. */
    public void writeInTurn(int count, String... events) {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            letters.add(letter(events[i % events.length], "k" + i, 0, Map.of()));
        }
        environment.producer().write(letters);
    }

    private ProducerRecord<byte[], byte[]> letter(String event, String key, int partition, Map<String, String> more) {
        String id = Long.toString(nextOffset);
        ProducerRecord<byte[], byte[]> record =
                RawProducer.record(dead, partition % 2, event + '#' + key, ("{\"id\":" + id + "}").getBytes(UTF_8));
        Map<String, String> headers = new LinkedHashMap<>(Map.of(
                "trace",
                "t-" + id,
                "__connect.errors.topic",
                topic,
                "__connect.errors.partition",
                Integer.toString(partition),
                "__connect.errors.offset",
                id,
                "__connect.errors.stage",
                "HANDLE",
                "__connect.errors.exception.class.name",
                "java.io.IOException",
                "__connect.errors.exception.message",
                "on purpose",
                "kaufmann.dead.letter.event",
                event,
                "kaufmann.dead.letter.ordering.key",
                key,
                "kaufmann.dead.letter.group",
                group));
        headers.put("kaufmann.dead.letter.time", Instant.now().toString());
        headers.putAll(more);
        headers.forEach((name, text) -> {
            if (!text.isEmpty()) {
                record.headers().add(name, text.getBytes(UTF_8));
            }
        });
        nextOffset++;
        return record;
    }

    public List<ConsumerRecord<byte[], byte[]>> sent() {
        return environment.clients().readAll(topic);
    }

    /** The keys of what was sent back, in the order of the partitions and offsets. */
    public List<String> sentKeys() {
        return keys(sent());
    }

    static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> TopicReader.key(record).orElse(""))
                .toList();
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
