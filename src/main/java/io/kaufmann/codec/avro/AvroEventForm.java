package io.kaufmann.codec.avro;

import io.kaufmann.codec.EventForm;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Events as the values of Avro serializers, Confluent's or others: a record with {@code meta} (or {@code metadata}) and
 * {@code payload}, as an {@link AvroTranscoder} writes it. Thread-safe.
 *
 * <p>The deserializer may give generic records and generated ones ({@code specific.avro.reader}), with logical types
 * converted or not; the event's payload is what an {@code AvroTranscoder} would have read. The serializer is given a
 * {@link org.apache.avro.generic.GenericRecord} of the schema that the transcoder would have written. That goes by way of
 * Avro's bytes in both directions: an event costs about twice as much as with an {@code AvroTranscoder} alone.
 *
 * <p>For generated records Avro wants to be told which classes it may make:
 * {@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES=com.acme.events}.
 */
public final class AvroEventForm implements EventForm {

    private static final int MAX_KEPT = 10_000;

    private final SchemaRegistry registry;
    private final AvroTranscoder transcoder;
    private final Map<Schema, SchemaReader> readers = new ConcurrentHashMap<>();

    private AvroEventForm(SchemaRegistry registry, AvroTranscoder transcoder) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.transcoder = Objects.requireNonNull(transcoder, "transcoder");
    }

    /**
     * Writes events in their subject's newest schema.
     *
     * @param registry knows the schemas; as a rule a caching one
     * @param subjects says under which subject an event's schema stands
     * @return the form
     */
    public static AvroEventForm of(SchemaRegistry registry, SubjectStrategy subjects) {
        return of(registry, AvroTranscoder.of(registry, subjects));
    }

    /**
     * Writes events in the schema that a transcoder would write them in.
     *
     * @param registry the transcoder's registry
     * @param transcoder chooses the schema; it must put the schema's id into the frame
     * @return the form
     */
    public static AvroEventForm of(SchemaRegistry registry, AvroTranscoder transcoder) {
        return new AvroEventForm(registry, transcoder);
    }

    @Override
    public Decoded toEvent(EventName name, Object value) {
        if (!(value instanceof IndexedRecord record)) {
            throw new TranscodeException("expected a record of Avro, found " + Values.shown(value));
        }
        SchemaReader reader = readers.get(record.getSchema());
        if (reader == null) {
            reader = new SchemaReader(
                    new RegisteredSchema(0, Optional.empty(), OptionalInt.empty(), record.getSchema()));
            if (readers.size() >= MAX_KEPT) {
                readers.clear();
            }
            readers.put(record.getSchema(), reader);
        }
        return reader.read(name.base(), RecordFrame.of(record), Frame.HEAD);
    }

    @Override
    public Object fromEvent(Outgoing event) {
        byte[] frame = transcoder.encode(event);
        Schema schema = registry.byId(Frame.schemaId(frame)).schema();
        try {
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(frame, Frame.HEAD, frame.length - Frame.HEAD, null));
        } catch (IOException e) {
            throw new TranscodeException(event.name().printable() + ": " + e.getMessage(), e);
        }
    }
}
