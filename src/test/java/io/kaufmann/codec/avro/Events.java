package io.kaufmann.codec.avro;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SubjectStrategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A transcoder with its registry for a test, and Avro's own reader and writer to check it against. */
final class Events {

    static final Schema META = resource("event_metadata.avsc");
    static final Schema ERROR = resource("event.error.avsc", META);

    /** Avro's own conversions of all logical types. */
    static final GenericData LOGICAL = logical();

    final SchemaShelf shelf = new SchemaShelf();
    final AvroTranscoder transcoder = AvroTranscoder.of(shelf, SubjectStrategy.eventName());

    static Schema resource(String file, Schema... known) {
        try (InputStream in = AvroTranscoder.class.getResourceAsStream("/io/kaufmann/schemas/" + file)) {
            return SchemaShelf.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event of KaufmannEx's shape: metadata and a payload record with these fields. */
    static Schema event(String name, String payloadFields) {
        return SchemaShelf.parse("""
                {"type": "record", "name": "%s", "fields": [
                  {"name": "meta", "type": ["null", "seven.cloud.services.event_metadata"], "default": null},
                  {"name": "payload", "type": {"type": "record", "name": "Payload", "fields": [%s]}}]}
                """.formatted(name, payloadFields), META);
    }

    RegisteredSchema put(String name, String payloadFields) {
        return shelf.put(name, event(name, payloadFields));
    }

    byte[] encode(String name, Object payload) {
        return encode(name, Optional.empty(), payload);
    }

    byte[] encode(String name, Optional<Meta> meta, Object payload) {
        return transcoder.encode(new Outgoing(EventName.of(name), "rapids", meta, payload, new RecordHeaders()));
    }

    Decoded decode(String name, byte[] value) {
        return transcoder.decode(new Encoded(EventName.of(name), "rapids", new RecordHeaders(), value));
    }

    /** A frame as Avro's own writer makes it. */
    static byte[] frame(RegisteredSchema schema, Object datum) {
        return frame(schema, datum, new GenericData());
    }

    /** The same, with Java's values for logical types. */
    static byte[] logicalFrame(RegisteredSchema schema, Object datum) {
        return frame(schema, datum, LOGICAL);
    }

    private static byte[] frame(RegisteredSchema schema, Object datum, GenericData data) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema.schema(), data).write(datum, encoder);
            encoder.flush();
            return frame(schema.id(), out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] frame(int id, byte... body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    /** What Avro's own reader finds in a frame, with raw values for logical types. */
    static Object datum(RegisteredSchema schema, byte[] frame) {
        return datum(schema, frame, new GenericData());
    }

    /** What Avro's own reader finds in a frame, with Java's values for logical types. */
    static Object logical(RegisteredSchema schema, byte[] frame) {
        return datum(schema, frame, LOGICAL);
    }

    private static GenericData logical() {
        GenericData data = new GenericData();
        List.of(
                        new Conversions.DecimalConversion(),
                        new Conversions.BigDecimalConversion(),
                        new Conversions.UUIDConversion(),
                        new Conversions.DurationConversion(),
                        new TimeConversions.DateConversion(),
                        new TimeConversions.TimeMillisConversion(),
                        new TimeConversions.TimeMicrosConversion(),
                        new TimeConversions.TimestampMillisConversion(),
                        new TimeConversions.TimestampMicrosConversion(),
                        new TimeConversions.TimestampNanosConversion(),
                        new TimeConversions.LocalTimestampMillisConversion(),
                        new TimeConversions.LocalTimestampMicrosConversion(),
                        new TimeConversions.LocalTimestampNanosConversion())
                .forEach(data::addLogicalTypeConversion);
        return data;
    }

    private static Object datum(RegisteredSchema schema, byte[] frame, GenericData data) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        assert buffer.get() == 0 && buffer.getInt() == schema.id();
        try {
            var decoder = DecoderFactory.get().binaryDecoder(frame, 5, frame.length - 5, null);
            Object datum = new GenericDatumReader<>(schema.schema(), schema.schema(), data).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("bytes follow the record");
            }
            return datum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
