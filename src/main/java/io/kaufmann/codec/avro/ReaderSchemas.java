package io.kaufmann.codec.avro;

import io.kaufmann.event.EventName;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Optional;
import org.apache.avro.Schema;

/** Knows the reader's schema of an event. Thread-safe, and quick: it is asked for each event. */
@FunctionalInterface
interface ReaderSchemas {

    /** What was written is what is read. */
    ReaderSchemas NONE = (name, topic) -> Optional.empty();

    /** The schema that events of this name and topic are resolved to; empty for their writer's. */
    Optional<Schema> of(EventName name, String topic);

    static ReaderSchemas latest(SchemaRegistry registry, SubjectStrategy subjects) {
        return (name, topic) -> {
            try {
                return Optional.of(
                        registry.latest(subjects.subject(name, topic)).schema());
            } catch (SchemaNotFoundException e) {
                return Optional.empty();
            }
        };
    }

    static ReaderSchemas local(SchemaFiles files, SubjectStrategy subjects) {
        return (name, topic) -> files.find(subjects.subject(name, topic));
    }
}
