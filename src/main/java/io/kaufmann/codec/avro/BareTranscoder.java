package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Arrays;
import java.util.Objects;

/**
 * KaufmannEx's wire format: Avro's binary encoding and nothing before it, decoded and encoded with the newest version of
 * the event's subject. With it, services in Java and in Elixir share topics. Events have the same shape, and the same Java
 * types, as in {@link AvroTranscoder}. Thread-safe.
 *
 * <p><b>Schemas must not change there while events of the old version are under way:</b> the bytes do not tell which
 * version they were written with. An event of another version is a decode error when it is noticed, and wrong values when
 * it is not. Where schemas evolve, use {@link AvroTranscoder}.
 *
 * <p>Almost any bytes are some value of some schema. So the value must be used up to its last byte, and one that looks like
 * Confluent's wire format (it begins with 0x00 and has 5 bytes or more, or a header tells its schema) is only decoded where
 * a rule of {@link io.kaufmann.codec.Transcoders} names this transcoder: what a rule sends here is decoded, whatever it
 * looks like.
 *
 * <p>Give it a registry that remembers: each event asks for its subject's newest version.
 */
public final class BareTranscoder implements Transcoder {

    /** The name by which publications ask for it. */
    public static final String NAME = "bare";

    private final SchemaRegistry registry;
    private final SubjectStrategy subjects;
    private final WriterSchemas writerSchemas;
    private final ById<SchemaReader> readers = new ById<>();
    private final ById<SchemaWriter> writers = new ById<>();

    private BareTranscoder(SchemaRegistry registry, SubjectStrategy subjects) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.subjects = Objects.requireNonNull(subjects, "subjects");
        this.writerSchemas = WriterSchemas.latest(registry, subjects);
    }

    /**
     * A transcoder with the schemas of a registry.
     *
     * @param registry knows the schemas; as a rule a caching one
     * @param subjects says under which subject an event's schema stands
     * @return the transcoder
     */
    public static BareTranscoder of(SchemaRegistry registry, SubjectStrategy subjects) {
        return new BareTranscoder(registry, subjects);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** False for what looks like Confluent's wire format: the value itself, or a header with its schema's id. */
    @Override
    public boolean mayTry(Encoded record) {
        byte[] value = record.value();
        boolean framed = value != null && (Frame.isOne(value) || SchemaIds.inHeader(record.headers()) != null);
        return !framed;
    }

    @Override
    public Decoded decode(Encoded record) {
        byte[] value = record.value();
        if (value == null) {
            throw new TranscodeException("no value: a tombstone, or sent without a body");
        }
        String subject = subjects.subject(record.name(), record.topic());
        RegisteredSchema schema = WriterSchemas.newest(registry, subject, () -> "");
        return readers.get(schema.id(), id -> new SchemaReader(schema))
                .read(record.name().base(), value, 0);
    }

    @Override
    public byte[] encode(Outgoing event) {
        RegisteredSchema schema = writerSchemas.of(event);
        event.headers().remove(SchemaIds.HEADER); // Of an event whose headers are sent on: it tells another schema.
        byte[] frame = writers.get(schema.id(), id -> new SchemaWriter(schema)).write(event);
        return Arrays.copyOfRange(frame, Frame.HEAD, frame.length);
    }

    @Override
    public String toString() {
        return NAME + ", schemas at " + registry.location();
    }
}
