package io.kaufmann.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.testing.AvroValues;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** The schemas of the chaos run's events, and their bytes. Immutable and thread-safe. */
final class ChaosSchemas {

    static final String WORK = "chaos.work";
    static final String DONE = "chaos.done";
    static final String POISONED = "chaos.poisoned";

    private static final String FOLDER = "/io/kaufmann/schemas/";

    private final Map<Integer, RegisteredSchema> byId = new HashMap<>();
    private final RegisteredSchema work;

    /** Registers them. */
    ChaosSchemas(InMemorySchemaRegistry registry) {
        work = add(
                registry, WORK, fields("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"deed\",\"type\":\"string\"}"));
        add(registry, DONE, fields("{\"name\":\"id\",\"type\":\"long\"}"));
        add(
                registry,
                POISONED,
                fields("{\"name\":\"partition\",\"type\":\"int\"},{\"name\":\"offset\",\"type\":\"long\"}"));
        add(registry, "event.error", text("event.error.avsc"));
    }

    private RegisteredSchema add(InMemorySchemaRegistry registry, String subject, String schema) {
        Schema.Parser parser = new Schema.Parser();
        parser.parse(text("event_metadata.avsc"));
        RegisteredSchema added = registry.register(subject, parser.parse(schema).toString());
        byId.put(added.id(), added);
        return added;
    }

    private static String fields(String payload) {
        return "{\"type\":\"record\",\"name\":\"chaos\",\"fields\":["
                + "{\"name\":\"meta\",\"type\":\"" + metaType() + "\"},"
                + "{\"name\":\"payload\",\"type\":{\"type\":\"record\",\"name\":\"payload\",\"fields\":[" + payload
                + "]}}]}";
    }

    private static String metaType() {
        return new Schema.Parser().parse(text("event_metadata.avsc")).getFullName();
    }

    private static String text(String file) {
        try (InputStream stream = ChaosSchemas.class.getResourceAsStream(FOLDER + file)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of an event. */
    byte[] work(long id, Deed deed) {
        Map<String, Object> meta = new HashMap<>();
        meta.put("message_id", "sent-" + id);
        meta.put("emitter_service", "chaos");
        meta.put("emitter_service_id", "1");
        meta.put("callback_id", Long.toString(id));
        meta.put("message_name", WORK);
        meta.put("timestamp", Instant.now().toString());
        meta.put("callback_topic", null);
        return ConfluentFrames.write(
                work.id(), work.schema(), Map.of("meta", meta, "payload", Map.of("id", id, "deed", deed.name())));
    }

    /** What an effect tells. */
    Map<?, ?> read(byte[] value) {
        Schema schema = byId.get(ConfluentFrames.schemaId(value)).schema();
        return (Map<?, ?>) AvroValues.plain(ConfluentFrames.read(value, schema));
    }
}
