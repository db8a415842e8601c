package io.kaufmann.codec.avro;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One event of about 150 bytes, decoded and encoded: by the library, and by Avro's own generic codec with all of it reused. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private static final String SCHEMA = """
            {"type": "record", "name": "event", "namespace": "bench", "fields": [
              {"name": "meta", "type": {"type": "record", "name": "event_metadata", "fields": [
                {"name": "message_id", "type": "string"},
                {"name": "emitter_service", "type": "string"},
                {"name": "emitter_service_id", "type": "string"},
                {"name": "callback_id", "type": ["null", "string"], "default": null},
                {"name": "message_name", "type": "string"},
                {"name": "timestamp", "type": "string"},
                {"name": "callback_topic", "type": ["null", {"type": "map", "values": "string"}], "default": null}]}},
              {"name": "payload", "type": {"type": "record", "name": "work", "fields": [
                {"name": "id", "type": "long"},
                {"name": "sent", "type": "long"},
                {"name": "text", "type": "string"}]}}]}
            """;

    private static final EventName NAME = EventName.of("bench.work");

    private AvroTranscoder transcoder;
    private Transcoder.Encoded encoded;
    private Transcoder.Outgoing outgoing;

    private byte[] bytes;
    private GenericDatumReader<GenericRecord> reader;
    private GenericDatumWriter<GenericRecord> writer;
    private GenericRecord record;
    private BinaryDecoder decoder;
    private BinaryEncoder encoder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    /** Writes the event once. */
    @Setup
    public void write() throws IOException {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        RegisteredSchema schema = registry.register(NAME.base(), SCHEMA);
        transcoder = AvroTranscoder.of(CachingSchemaRegistry.of(registry), SubjectStrategy.eventName());
        Meta meta = Meta.builder()
                .messageId("5f1c1c8e-6e1c-4a6f-9d3e-0c8a52b3f5d1")
                .emitter("load", "1")
                .callbackId(Optional.empty())
                .messageName(NAME.text())
                .timestamp(Instant.EPOCH)
                .callbackTopic(Optional.empty())
                .build();
        outgoing = new Transcoder.Outgoing(
                NAME,
                "topic",
                Optional.of(meta),
                Map.of("id", 4711L, "sent", 1_700_000_000_000_000L, "text", "x".repeat(50)),
                new RecordHeaders());
        byte[] value = transcoder.encode(outgoing);
        encoded = new Transcoder.Encoded(NAME, "topic", new RecordHeaders(), value);
        bytes = Arrays.copyOfRange(value, Frame.HEAD, value.length);
        reader = new GenericDatumReader<>(schema.schema());
        writer = new GenericDatumWriter<>(schema.schema(), new GenericData());
        record = avroDecode();
    }

    /** The library's, without a look at the metadata. */
    @Benchmark
    public Object decode() {
        return transcoder.decode(encoded).payload().integer("id");
    }

    /** The library's, with one. */
    @Benchmark
    public Object decodeWithMeta() {
        Transcoder.Decoded decoded = transcoder.decode(encoded);
        return decoded.meta().messageId().map(id -> decoded.payload().integer("id"));
    }

    /** Avro's own. */
    @Benchmark
    public GenericRecord avroDecode() throws IOException {
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        return reader.read(null, decoder);
    }

    /** The library's, of a map. */
    @Benchmark
    public byte[] encode() {
        return transcoder.encode(outgoing);
    }

    /** Avro's own, of a record that is there. */
    @Benchmark
    public byte[] avroEncode() throws IOException {
        out.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        writer.write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
