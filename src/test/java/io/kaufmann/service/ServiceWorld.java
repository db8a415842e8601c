package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.testing.AvroValues;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.TopicReader;
import io.kaufmann.testing.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;

/** A topic, a group and some event types of one test's own, and services on them. */
final class ServiceWorld implements AutoCloseable {

    private static final String META = resource("event_metadata.avsc");
    private static final String ERROR = resource("event.error.avsc");

    final TestEnvironment environment;
    final HttpSchemaRegistry registry;
    final String topic;
    final String group = Topics.unique("group");
    private final String suffix = Topics.unique("");
    private final Map<String, RegisteredSchema> schemas = new ConcurrentHashMap<>();
    private final ProcessingGuarantee guarantee;
    private final List<Kaufmann> services = new CopyOnWriteArrayList<>();

    ServiceWorld(TestEnvironment environment, int partitions) {
        this(environment, partitions, ProcessingGuarantee.AT_LEAST_ONCE);
    }

    ServiceWorld(TestEnvironment environment, int partitions, ProcessingGuarantee guarantee) {
        this.guarantee = guarantee;
        this.environment = environment;
        this.registry = HttpSchemaRegistry.of(environment.registryUrl());
        this.topic = environment.topics().createUnique("rapids", partitions);
        registry.register("event.error", withMeta(ERROR));
    }

    /** An event name that no other test uses. */
    String name(String base) {
        return base + suffix;
    }

    /** Registers an event type with these payload fields, each a name and an Avro type, and gives its unique name. */
    String eventType(String base, String... fields) {
        String name = name(base);
        StringBuilder payload = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            payload.append(i == 0 ? "" : ",").append("{\"name\":\"" + fields[i] + "\",\"type\":" + fields[i + 1] + "}");
        }
        String schema = "{\"type\":\"record\",\"name\":\"event\",\"namespace\":\"test\",\"fields\":["
                + "{\"name\":\"meta\",\"type\":\"seven.cloud.services.event_metadata\"},"
                + "{\"name\":\"payload\",\"type\":{\"type\":\"record\",\"name\":\"Payload\",\"fields\":[" + payload
                + "]}}]}";
        schemas.put(name, registry.register(name, withMeta(schema)));
        return name;
    }

    private static String withMeta(String schema) {
        Schema.Parser parser = new Schema.Parser();
        parser.parse(META);
        return parser.parse(schema).toString();
    }

    private static String resource(String file) {
        try (InputStream stream = ServiceWorld.class.getResourceAsStream("/io/kaufmann/schemas/" + file)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A configuration that reads this world's topic from its beginning, and is quick to notice things. */
    KaufmannConfig.Builder config(EventHandler handler) {
        return KaufmannConfig.builder()
                .bootstrapServers(environment.bootstrapServers())
                .schemaRegistryUrl(environment.registryUrl())
                .consumerGroup(group)
                .defaultTopic(topic)
                .serviceName("service-under-test")
                .serviceId("instance-1")
                .autoOffsetReset(OffsetReset.EARLIEST)
                .commitInterval(Duration.ofMillis(200))
                .processingGuarantee(guarantee)
                .shutdownHook(false)
                .eventHandler(handler);
    }

    Kaufmann start(EventHandler handler) {
        return start(config(handler));
    }

    Kaufmann start(KaufmannConfig.Builder config) {
        Kaufmann service = Kaufmann.start(config.build());
        services.add(service);
        return service;
    }

    /** The bytes of an event of a registered type. */
    byte[] frame(String name, Map<String, ?> meta, Map<String, ?> payload) {
        RegisteredSchema schema = schemas.get(EventBase.of(name));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("meta", meta);
        event.put("payload", payload);
        return ConfluentFrames.write(schema.id(), schema.schema(), event);
    }

    /** Sends an event of a registered type. */
    void send(String name, Map<String, ?> payload) {
        send(name, meta(name, Map.of()), payload);
    }

    void send(String name, Map<String, ?> meta, Map<String, ?> payload) {
        sendRaw(name, frame(name, meta, payload));
    }

    void sendRaw(String key, byte[] value) {
        environment.producer().write(new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value));
    }

    ProducerRecord<byte[], byte[]> record(String name, Map<String, ?> payload) {
        return RawProducer.record(topic, name, frame(name, meta(name, Map.of()), payload));
    }

    /** Metadata as any other service would send it, with these fields in place of the usual ones. */
    static Map<String, Object> meta(String name, Map<String, ?> more) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("message_id", "sent-" + name);
        meta.put("emitter_service", "the-test");
        meta.put("emitter_service_id", "1");
        meta.put("callback_id", null);
        meta.put("message_name", name);
        meta.put("timestamp", "2018-01-01 12:00:00.123456Z");
        meta.put("callback_topic", null);
        meta.putAll(more);
        return meta;
    }

    /** An event as it was read from a topic by plain clients. */
    record Read(String key, Map<?, ?> meta, Map<?, ?> payload, ConsumerRecord<byte[], byte[]> record) {}

    List<Read> readAll() {
        return readAll(topic);
    }

    /** All events on a topic that can be decoded. */
    List<Read> readAll(String from) {
        return read(from, key -> true);
    }

    /** By key first: what Avro's own reader makes of a hostile record would end the test. */
    private List<Read> read(String from, Predicate<String> wanted) {
        return committed(from).stream()
                .filter(record -> TopicReader.key(record).filter(wanted).isPresent())
                .filter(record -> record.value() != null
                        && record.value().length > 5
                        && record.value()[0] == 0
                        && record.key() != null)
                .flatMap(record -> decode(record).stream())
                .toList();
    }

    /** What a topic tells those who read committed records only, as all should who read what a transaction wrote. */
    private List<ConsumerRecord<byte[], byte[]>> committed(String from) {
        try (TopicReader reader =
                new TopicReader(environment.bootstrapServers(), from, IsolationLevel.READ_COMMITTED)) {
            return reader.readToEnd();
        }
    }

    private java.util.Optional<Read> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            Schema schema = schemaById(ConfluentFrames.schemaId(record.value()));
            Map<?, ?> event = (Map<?, ?>) AvroValues.plain(ConfluentFrames.read(record.value(), schema));
            return java.util.Optional.of(new Read(
                    TopicReader.key(record).orElse(""),
                    (Map<?, ?>) event.get("meta"),
                    (Map<?, ?>) event.get("payload"),
                    record));
        } catch (RuntimeException e) {
            return java.util.Optional.empty();
        }
    }

    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

    private Schema schemaById(int id) {
        return byId.computeIfAbsent(id, unknown -> registry.byId(unknown).schema());
    }

    /** The events of a name on this world's topic. */
    List<Read> events(String name) {
        return read(topic, name::equals);
    }

    /** Whether the group has committed every record of the topic. */
    boolean allCommitted() {
        Map<Integer, Long> ends = environment.topics().endOffsets(topic).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<Integer, Long> committed = environment.topics().committedOffsets(group, topic);
        return ends.entrySet().stream().allMatch(end -> end.getValue().equals(committed.get(end.getKey())));
    }

    @Override
    public void close() {
        services.forEach(Kaufmann::close);
    }

    /** The part of a name before its ordering key. */
    private static final class EventBase {
        static String of(String name) {
            int hash = name.indexOf('#');
            return hash < 0 ? name : name.substring(0, hash);
        }
    }
}
