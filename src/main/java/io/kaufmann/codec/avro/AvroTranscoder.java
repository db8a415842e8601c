package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's wire format: byte 0, the schema's id in 4 bytes, big endian, then Avro's binary encoding. Events are decoded
 * with their writer's schema and, where that is asked for, resolved to the reader's; they are encoded with the newest
 * version of their subject, or with a local schema. Thread-safe.
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
    private final WriterSchemas writerSchemas;
    private final ReaderSchemas readerSchemas;
    private final WrittenSchemas written;
    private final ById<SchemaWriter> writers = new ById<>();

    AvroTranscoder(SchemaRegistry registry, ReaderSchemas readerSchemas, WriterSchemas writerSchemas) {
        this.registry = registry;
        this.written = new WrittenSchemas(registry);
        this.readerSchemas = readerSchemas;
        this.writerSchemas = writerSchemas;
    }

    /**
     * A transcoder with the schemas of a registry: decodes to the writer's schema, encodes with the subject's newest.
     *
     * @param registry knows the schemas; as a rule a caching one
     * @param subjects says under which subject an event's schema stands
     * @return the transcoder
     */
    public static AvroTranscoder of(SchemaRegistry registry, SubjectStrategy subjects) {
        return builder(registry).subjects(subjects).build();
    }

    /**
     * For a reader's schema, and for schemas of the service's own.
     *
     * @param registry knows the schemas; as a rule a caching one
     * @return a builder
     */
    public static AvroTranscoderBuilder builder(SchemaRegistry registry) {
        return new AvroTranscoderBuilder(registry);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Decoded decode(Encoded record) {
        byte[] value = record.value();
        byte[] header = SchemaIds.inHeader(record.headers());
        if (value == null) {
            throw new TranscodeException("no value: a tombstone, or sent without a body");
        }
        return written.of(header, value)
                .readAs(readerSchemas.of(record.name(), record.topic()))
                .read(record.name().base(), value, header == null ? Frame.HEAD : 0);
    }

    /**
     * The full name of the record that a value was written as, known by the schema's id.
     *
     * @throws io.kaufmann.schema.RegistryUnavailableException when the registry has to be asked for it, and gives no answer
     */
    @Override
    public Optional<String> recordName(Headers headers, byte[] value) {
        byte[] header = SchemaIds.inHeader(headers);
        if (value == null || (header == null && !Frame.isOne(value))) {
            return Optional.empty();
        }
        try {
            return written.of(header, value).recordName();
        } catch (TranscodeException e) { // Decoding it will say why.
            return Optional.empty();
        }
    }

    @Override
    public byte[] encode(Outgoing event) {
        RegisteredSchema schema = writerSchemas.of(event);
        return writers.get(schema.id(), id -> new SchemaWriter(schema)).write(event);
    }

    @Override
    public String toString() {
        return NAME + ", schemas at " + registry.location();
    }
}
