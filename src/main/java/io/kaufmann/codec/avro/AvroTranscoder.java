package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Confluent's wire format: byte 0, the schema's id in 4 bytes, big endian, then Avro's binary encoding; or Avro's encoding
 * alone where the header {@code __value_schema_id} tells the schema, by id or by GUID, which goes before what stands in the
 * value. Events are decoded with their writer's schema and, where that is asked for, resolved to the reader's; they are
 * encoded with the newest version of their subject, or with a local schema. Thread-safe.
 *
 * <p>An event is a record with the fields {@code meta} (or {@code metadata}) and {@code payload}; a record with neither is
 * all payload. Decoded, its values are Java's own, and unmodifiable:
 *
 * <table>
 * <caption>Avro's types in Java</caption>
 * <tr><th>Avro</th><th>Java</th></tr>
 * <tr><td>record</td><td>{@link java.util.Map} by field name, in the schema's order</td></tr>
 * <tr><td>map, array</td><td>{@link java.util.Map}, {@link java.util.List}</td></tr>
 * <tr><td>string, enum</td><td>{@link String}</td></tr>
 * <tr><td>int, long, float, double, boolean, null</td><td>{@link Integer}, {@link Long}, {@link Float}, {@link Double},
 *     {@link Boolean}, null</td></tr>
 * <tr><td>bytes, fixed</td><td>read-only {@link java.nio.ByteBuffer} over the record's value: no copy</td></tr>
 * <tr><td>decimal (bytes, fixed), big-decimal</td><td>{@link java.math.BigDecimal}, with a scale of 16,384 at most</td></tr>
 * <tr><td>uuid (string, fixed)</td><td>{@link java.util.UUID}</td></tr>
 * <tr><td>date</td><td>{@link java.time.LocalDate}</td></tr>
 * <tr><td>time-millis, -micros</td><td>{@link java.time.LocalTime}</td></tr>
 * <tr><td>timestamp-millis, -micros, -nanos</td><td>{@link java.time.Instant}</td></tr>
 * <tr><td>local-timestamp-millis, -micros, -nanos</td><td>{@link java.time.LocalDateTime}</td></tr>
 * <tr><td>duration</td><td>{@link org.apache.avro.util.TimePeriod}: months, days and milliseconds, each apart</td></tr>
 * </table>
 *
 * <p>A logical type that is not known, or does not suit the type beneath, is ignored, as Avro's specification has it. A
 * value that a logical type cannot have is a decode error: a time of 25 hours, a text that is no UUID. So is a pair of
 * schemas that do not go together, at the field where they do not; and, other than with Avro's own readers, what was written
 * as one logical type and is read as another, or as a decimal of another scale: it would be a wrong value.
 *
 * <p>Encoded may be the same, and also Java records and POJOs with the properties that Jackson finds ({@code firstName} goes
 * to {@code first_name} too), Avro's own generic and specific records, arrays, {@code byte[]}, enums, {@code Optional}, and
 * for a logical type the raw value beneath it. A field that the schema does not know is an error. A number goes where its
 * value is kept: a decimal is never rounded, but a fraction goes to the nearest float, and time is cut to the schema's unit.
 * Of a union it is the branch that fits best. Of a record of the event's whole schema it is the payload: the metadata is
 * that of the publication.
 *
 * <p>Payloads give Avro's own records too, when asked: generic ones as Avro's own reader makes them, in the schema that the
 * event was resolved to, and objects of generated classes, resolved to the class's schema. Where metadata stands beside the
 * payload's own fields, and for a class of the event's whole schema, that is the whole event. No schema gets a class
 * loaded: {@code java-class} and its like are not looked at, and a generated class's parts come from its own schema.
 *
 * <p>Give it a registry that remembers: each encoded event, and with a reader's schema from there each decoded one, asks for
 * its subject's newest version.
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
        event.headers().remove(SchemaIds.HEADER); // Of an event whose headers are sent on: it would belie the frame.
        return writers.get(schema.id(), id -> new SchemaWriter(schema)).write(event);
    }

    @Override
    public String toString() {
        return NAME + ", schemas at " + registry.location();
    }
}
