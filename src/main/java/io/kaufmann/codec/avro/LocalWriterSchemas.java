package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRejectedException;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.schema.UnsupportedSchemaException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The service's own schemas, each looked up in the registry once. Thread-safe. */
final class LocalWriterSchemas implements WriterSchemas {

    private final SchemaFiles files;
    private final SchemaRegistry registry;
    private final SubjectStrategy subjects;
    private final boolean register;
    private final WriterSchemas otherwise;
    private final Map<String, RegisteredSchema> known = new ConcurrentHashMap<>();

    LocalWriterSchemas(
            SchemaFiles files,
            SchemaRegistry registry,
            SubjectStrategy subjects,
            boolean register,
            WriterSchemas otherwise) {
        this.files = files;
        this.registry = registry;
        this.subjects = subjects;
        this.register = register;
        this.otherwise = otherwise;
    }

    @Override
    public RegisteredSchema of(Outgoing event) {
        String subject = subjects.subject(event.name(), event.topic());
        RegisteredSchema schema = known.get(subject);
        return schema == null ? find(subject, event) : schema;
    }

    private RegisteredSchema find(String subject, Outgoing event) {
        Optional<Schema> local = files.find(subject);
        if (local.isEmpty()) {
            return otherwise.of(event);
        }
        RegisteredSchema found = new RegisteredSchemaOf(event, subject, local.get()).find();
        known.put(subject, found);
        return found;
    }

    private final class RegisteredSchemaOf {

        private final Outgoing event;
        private final String subject;
        private final Schema schema;

        RegisteredSchemaOf(Outgoing event, String subject, Schema schema) {
            this.event = event;
            this.subject = subject;
            this.schema = schema;
        }

        RegisteredSchema find() {
            try {
                return registry.lookUp(subject, schema.toString());
            } catch (SchemaNotFoundException e) {
                return latestIfItIsTheSame(e).orElseGet(() -> register(e));
            } catch (UnsupportedSchemaException e) {
                throw new TranscodeException(event.name().printable() + ": " + e.getMessage(), e);
            }
        }

        /** One that was registered with references to other subjects is not found by its text. */
        private Optional<RegisteredSchema> latestIfItIsTheSame(SchemaNotFoundException notFound) {
            try {
                return Optional.of(registry.latest(subject))
                        .filter(latest -> latest.schema().equals(schema));
            } catch (SchemaNotFoundException | UnsupportedSchemaException e) {
                notFound.addSuppressed(e);
                return Optional.empty();
            }
        }

        private RegisteredSchema register(SchemaNotFoundException notFound) {
            if (!register) {
                throw new TranscodeException(
                        event.name().printable() + ": the local schema for subject " + Values.cut(subject, 200)
                                + " is not registered at " + registry.location()
                                + ". Register it with migrate-schemas, or allow auto-registration",
                        notFound);
            }
            try {
                return registry.register(subject, schema.toString());
            } catch (SchemaRejectedException e) {
                throw new TranscodeException(event.name().printable() + ": " + e.getMessage(), e);
            }
        }
    }
}
