package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.schema.UnsupportedSchemaException;
import java.util.function.Supplier;

/** Knows the schema that an event is written with. Thread-safe, and quick: it is asked for each event. */
@FunctionalInterface
interface WriterSchemas {

    /**
     * The registered schema for an event.
     *
     * @throws TranscodeException when there is none, or it cannot be used
     */
    RegisteredSchema of(Outgoing event);

    /** The newest version of the event's subject. */
    static WriterSchemas latest(SchemaRegistry registry, SubjectStrategy subjects) {
        return event -> {
            String subject = subjects.subject(event.name(), event.topic());
            return newest(registry, subject, () -> event.name().printable() + ": ");
        };
    }

    /** The newest version of a subject, or an error whose message begins so. */
    static RegisteredSchema newest(SchemaRegistry registry, String subject, Supplier<String> beginning) {
        try {
            return registry.latest(subject);
        } catch (SchemaNotFoundException e) {
            throw new TranscodeException(
                    beginning.get() + "no schema under subject " + Values.cut(subject, 200) + " at "
                            + registry.location() + ". Register it with migrate-schemas",
                    e);
        } catch (UnsupportedSchemaException e) {
            throw new TranscodeException(beginning.get() + e.getMessage(), e);
        }
    }

    /** The service's own schema for the event's subject, by the id it is registered with there. */
    static WriterSchemas local(
            SchemaFiles files,
            SchemaRegistry registry,
            SubjectStrategy subjects,
            boolean register,
            WriterSchemas otherwise) {
        return new LocalWriterSchemas(files, registry, subjects, register, otherwise);
    }
}
