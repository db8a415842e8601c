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

    final Events events = new Events();
    final List<byte[]> frames = new ArrayList<>();
    private final Map<Integer, String> subjects = new HashMap<>();

    AvroCases() {
        add(Events.ERROR, new RandomSchemas(1));
        add(Schemas.LINKED_LIST, new RandomSchemas(2));
        for (int i = 0; i < RANDOM_SCHEMAS; i++) {
            RandomSchemas random = new RandomSchemas(i);
            add(random.record(4), random);
        }
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
