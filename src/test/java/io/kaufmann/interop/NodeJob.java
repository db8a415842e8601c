package io.kaufmann.interop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What {@code live.js} is to do in one run: events to write, then records to await and to read, each with one of the
 * clients. For one thread.
 */
public final class NodeJob {

    /** Confluent's own client. */
    public static final String CONFLUENT = "@confluentinc/schemaregistry";

    /** Confluent's own client, which puts the schema's GUID into a header. */
    public static final String CONFLUENT_HEADER = "@confluentinc/schemaregistry, GUID in a header";

    /** Confluent's own client, with a serializer that puts the schema's id into a header. */
    public static final String CONFLUENT_HEADER_ID = "@confluentinc/schemaregistry, id in a header";

    /** Confluent's own client, without any setting about subjects: it looks for one of the topic's. */
    public static final String CONFLUENT_DEFAULTS = "@confluentinc/schemaregistry, subjects by topic";

    /** The client of KafkaJS. */
    public static final String KAFKAJS = "@kafkajs/confluent-schema-registry";

    /** Bare Avro, as KaufmannEx writes it. */
    public static final String AVSC = "avsc";

    private static final int SECONDS = 40;

    private final ObjectNode job = Fixture.MAPPER.createObjectNode();

    /**
     * A record that node has read.
     *
     * @param topic where it stood
     * @param partition its partition
     * @param key its key
     * @param value what the client made of it, in the agreed JSON
     */
    public record Answer(String topic, int partition, String key, JsonNode value) {

        /** The event in Java values of the schema that it was read with. */
        public Fixture.Content content(Schema schema) {
            return Fixture.Content.of(AgreedJson.toJava(schema, value));
        }
    }

    /** A job on a cluster and a registry. */
    public NodeJob(String bootstrapServers, String registryUrl) {
        job.put("bootstrapServers", bootstrapServers);
        job.put("registryUrl", registryUrl);
        job.put("seconds", SECONDS);
        List.of("prepare", "send", "await", "register").forEach(job::putArray);
    }

    /** Lets a client register a schema before anything is sent. */
    public void register(String client, String subject, Schema schema) {
        ObjectNode item = job.withArray("prepare").addObject();
        item.put("client", client);
        item.put("subject", subject);
        item.set("schema", json(schema.toString()));
    }

    /** Lets a client write an event with the newest schema of the event's name. */
    public void send(String client, String topic, String key, JsonNode value) {
        ObjectNode event = item("send", client, topic, key);
        event.set("value", value);
    }

    /** Lets a client write an event with an older schema. */
    public void send(String client, String topic, String key, int schemaId, JsonNode value) {
        ObjectNode event = item("send", client, topic, key);
        event.put("schemaId", schemaId);
        event.set("value", value);
    }

    /** Awaits a record, and lets a client read it with the schema that it was written with. */
    public void await(String client, String topic, String key) {
        item("await", client, topic, key);
    }

    /** Awaits a record, and lets the client of KafkaJS read it with a schema of the reader's own. */
    public void awaitAs(Schema reader, String topic, String key) {
        ObjectNode record = item("await", KAFKAJS, topic, key);
        record.set("readerSchema", json(reader.toString()));
    }

    /** Awaits a record, registers a newer schema of its name, and lets Confluent's client read it with that. */
    public void awaitThenRegister(Schema newer, String topic, String key) {
        ObjectNode record = item("await", CONFLUENT, topic, key);
        record.put("latest", true);
        ObjectNode schema = job.withArray("register").addObject();
        schema.put("subject", record.get("subject").textValue());
        schema.set("schema", json(newer.toString()));
    }

    private ObjectNode item(String list, String client, String topic, String key) {
        ObjectNode item = job.withArray(list).addObject();
        item.put("client", client);
        item.put("topic", topic);
        item.put("key", key);
        item.put("subject", subject(key.split("#", 2)[0]));
        return item;
    }

    private static String subject(String name) {
        if (name.startsWith("event.error.")) {
            return "event.error";
        }
        return name.startsWith("query.") ? name.substring(0, "query.req".length()) : name;
    }

    /** Runs it; what was awaited by topic and key. */
    public Map<String, Answer> run() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (JsonNode record : json(NodeClients.installed().run(job.toString(), "live.js"))) {
            Answer answer = new Answer(
                    record.get("topic").textValue(),
                    record.get("partition").intValue(),
                    record.get("key").textValue(),
                    record.get("value"));
            answers.put(at(answer.topic(), answer.key()), answer);
        }
        return answers;
    }

    /** Under what {@link #run} gives a record. */
    public static String at(String topic, String key) {
        return topic + " " + key;
    }

    private static JsonNode json(String text) {
        try {
            return Fixture.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
