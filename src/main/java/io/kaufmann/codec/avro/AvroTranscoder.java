package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.schema.UnsupportedSchemaException;
import java.util.Objects;

/**
 * Confluent's wire format: byte 0, the schema's id in 4 bytes, big endian, then Avro's binary encoding. Events are decoded
 * with their writer's schema and encoded with the newest version of their subject. Thread-safe.
 *
 * <p>An event is a record with the fields {@code meta} (or {@code metadata}) and {@code payload}; a record with neither is
 * all payload. Decoded, records are maps in the schema's field order, arrays are lists, text and enum symbols are
 * {@link String}, bytes and fixed are read-only {@link java.nio.ByteBuffer}s over the record's value, numbers are Java's
 * own; all are unmodifiable. Encoded may be the same, and also {@code byte[]}, Java's enums, {@code Optional}, and Avro's
 * own records, by field name. A number goes where its value is kept. Of a union it is the branch that fits best.
 *
 * <p>Give it a registry that remembers: each encoded event asks for its subject's newest version.
 */
public final class AvroTranscoder implements Transcoder {

    /** The name by which publications ask for it. */
    public static final String NAME = "avro";

    private final SchemaRegistry registry;
    private final SubjectStrategy subjects;
    private final ById<SchemaReader> readers = new ById<>();
    private final ById<SchemaWriter> writers = new ById<>();

    private AvroTranscoder(SchemaRegistry registry, SubjectStrategy subjects) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.subjects = Objects.requireNonNull(subjects, "subjects");
    }

    /**
     * A transcoder with the schemas of a registry.
     *
     * @param registry knows the schemas; as a rule a caching one
     * @param subjects says under which subject an event's schema stands
     * @return the transcoder
     */
    public static AvroTranscoder of(SchemaRegistry registry, SubjectStrategy subjects) {
        return new AvroTranscoder(registry, subjects);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Decoded decode(Encoded record) {
        byte[] frame = record.value();
        return readers.get(Frame.schemaId(frame), this::reader)
                .read(record.name().base(), frame);
    }

    private SchemaReader reader(int id) {
        try {
            return new SchemaReader(registry.byId(id));
        } catch (SchemaNotFoundException e) {
            throw new TranscodeException(
                    "schema id " + id + " not found at " + registry.location()
                            + ". Was it written with another registry?",
                    e);
        } catch (UnsupportedSchemaException e) {
            throw new TranscodeException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] encode(Outgoing event) {
        RegisteredSchema latest = latest(event);
        return writers.get(latest.id(), id -> new SchemaWriter(latest)).write(event);
    }

    private RegisteredSchema latest(Outgoing event) {
        String subject = subjects.subject(event.name(), event.topic());
        try {
            return registry.latest(subject);
        } catch (SchemaNotFoundException e) {
            throw new TranscodeException(
                    event.name().printable() + ": no schema under subject " + Values.cut(subject, 200) + " at "
                            + registry.location() + ". Register it with migrate-schemas",
                    e);
        } catch (UnsupportedSchemaException e) {
            throw new TranscodeException(event.name().printable() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return NAME + ", schemas at " + registry.location();
    }
}
