package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.schema.UnsupportedSchemaException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Knows the reader's schema of an event. Thread-safe, and quick: it is asked for each event. */
@FunctionalInterface
interface ReaderSchemas {

    /** What was written is what is read. */
    ReaderSchemas NONE = (name, topic) -> null;

    /**
     * The schema that events of this name and topic are resolved to; null for their writer's. Its id stands for this schema
     * and no other; a local one's is less than {@link RegisteredSchema#NO_ID}.
     *
     * @throws TranscodeException when there is one that cannot be used
     */
    RegisteredSchema of(EventName name, String topic);

    static ReaderSchemas latest(SchemaRegistry registry, SubjectStrategy subjects) {
        return (name, topic) -> {
            try {
                return registry.latest(subjects.subject(name, topic));
            } catch (SchemaNotFoundException e) {
                return null;
            } catch (UnsupportedSchemaException e) {
                throw new TranscodeException("the reader's schema: " + e.getMessage(), e);
            }
        };
    }

    static ReaderSchemas local(SchemaFiles files, SubjectStrategy subjects) {
        Map<String, RegisteredSchema> bySubject = new HashMap<>();
        for (String subject : files.subjects()) {
            int id = RegisteredSchema.NO_ID - 1 - bySubject.size();
            files.find(subject)
                    .ifPresent(schema -> bySubject.put(
                            subject, new RegisteredSchema(id, Optional.of(subject), OptionalInt.empty(), schema)));
        }
        return (name, topic) -> bySubject.get(subjects.subject(name, topic));
    }
}
