package io.kaufmann.codec.avro;

import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** Many schemas, each under a subject of its own, and a real frame of each; the same each time. */
final class AvroCases {

    private static final int RANDOM_SCHEMAS = 60;

    private static final Schema LOGICAL = SchemaShelf.parse("""
            {"type": "record", "name": "Logical", "fields": [
              {"name": "bytes", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "fixed", "type":
                {"type": "fixed", "name": "Four", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "big", "type": {"type": "bytes", "logicalType": "big-decimal"}},
              {"name": "uuid", "type": ["null", {"type": "string", "logicalType": "uuid"}]},
              {"name": "date", "type": {"type": "int", "logicalType": "date"}},
              {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "micros", "type": {"type": "long", "logicalType": "time-micros"}},
              {"name": "instant", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
              {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
              {"name": "duration", "type":
                {"type": "fixed", "name": "Twelve", "size": 12, "logicalType": "duration"}}]}""");

    private static final byte[] LOGICAL_VALUES = {
        4, 1, 44, 0, 0, 1, 44, 6, 2, 7, 4, 0, 2, 2, 2, 2, 2, 2, 2, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0
    };

    final Events events = new Events();
    final List<byte[]> frames = new ArrayList<>();
    private final Map<Integer, String> subjects = new HashMap<>();

    AvroCases() {
        add(Events.ERROR, new RandomSchemas(1));
        add(Schemas.LINKED_LIST, new RandomSchemas(2));
        addLogical();
        for (int i = 0; i < RANDOM_SCHEMAS; i++) {
            RandomSchemas random = new RandomSchemas(i);
            add(random.record(4), random);
        }
    }

    private void addLogical() {
        String subject = subject(frames.size());
        RegisteredSchema registered = events.shelf.put(subject, LOGICAL);
        subjects.put(registered.id(), subject);
        frames.add(Events.frame(registered.id(), LOGICAL_VALUES));
    }

    private void add(Schema schema, RandomSchemas random) {
        String subject = subject(frames.size());
        RegisteredSchema registered = events.shelf.put(subject, schema);
        subjects.put(registered.id(), subject);
        Object value = random.value(schema);
        if (Envelope.of(schema).isAllPayload()) {
            frames.add(events.encode(subject, value));
        } else {
            Map<?, ?> event = (Map<?, ?>) value;
            frames.add(events.encode(subject, meta(event.get("meta")), event.get("payload")));
        }
    }

    @SuppressWarnings("unchecked") // As the schema says.
    private static Optional<Meta> meta(Object meta) {
        return Optional.ofNullable((Map<String, Object>) meta).map(Meta::of);
    }

    /** The subject of the frame at this place. */
    static String subject(int index) {
        return "event." + index;
    }

    /** The subject of a schema; another one when nobody knows it. */
    String subjectOf(int schemaId) {
        return subjects.getOrDefault(schemaId, subject(0));
    }
}
