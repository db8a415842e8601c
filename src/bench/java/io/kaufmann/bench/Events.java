package io.kaufmann.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.schema.HttpSchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * The events of the benchmark, in Confluent's wire format, and the codec of those contestants that bring none: Avro's generic one,
 * with all that may be reused reused. For one thread.
 */
final class Events {

    static final String NAME = "bench.work";
    static final String REPLY = "bench.done";

    private static final String META =
            "{\"type\":\"record\",\"name\":\"event_metadata\",\"namespace\":\"bench\",\"fields\":["
                    + "{\"name\":\"message_id\",\"type\":\"string\"},"
                    + "{\"name\":\"emitter_service\",\"type\":\"string\"},"
                    + "{\"name\":\"emitter_service_id\",\"type\":\"string\"},"
                    + "{\"name\":\"callback_id\",\"type\":[\"null\",\"string\"],\"default\":null},"
                    + "{\"name\":\"message_name\",\"type\":\"string\"},"
                    + "{\"name\":\"timestamp\",\"type\":\"string\"},"
                    + "{\"name\":\"callback_topic\",\"type\":[\"null\",{\"type\":\"map\",\"values\":\"string\"}],\"default\":null}]}";

    private static final int HEADER = 5;

    private final Schema schema = new Schema.Parser().parse(schema());
    private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    private final GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(schema);
    private final int id;
    private BinaryDecoder decoder;
    private BinaryEncoder encoder;
    private final java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(256);

    private Events(int id) {
        this.id = id;
    }

    /** Registers the schemas, and gives the codec. */
    static Events register(String registryUrl) {
        HttpSchemaRegistry registry = HttpSchemaRegistry.of(registryUrl);
        registry.register(REPLY, schema());
        registry.register("event.error", error());
        return new Events(registry.register(NAME, schema()).id());
    }

    private static String schema() {
        return event("{\"type\":\"record\",\"name\":\"work\",\"fields\":["
                + "{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"sent\",\"type\":\"long\"},"
                + "{\"name\":\"text\",\"type\":\"string\"}]}");
    }

    private static String error() {
        return event(
                "{\"type\":\"record\",\"name\":\"failure\",\"fields\":[{\"name\":\"error\",\"type\":\"string\"}]}");
    }

    private static String event(String payload) {
        return "{\"type\":\"record\",\"name\":\"event\",\"namespace\":\"bench\",\"fields\":[{\"name\":\"meta\",\"type\":"
                + META + "},{\"name\":\"payload\",\"type\":" + payload + "}]}";
    }

    /** The bytes of an event. */
    byte[] encode(long number, long sentMicros, String text) {
        GenericRecord meta = new GenericData.Record(schema.getField("meta").schema());
        meta.put("message_id", "m-" + number);
        meta.put("emitter_service", "load");
        meta.put("emitter_service_id", "1");
        meta.put("message_name", NAME);
        meta.put("timestamp", "2018-01-01 12:00:00.123456Z");
        GenericRecord payload =
                new GenericData.Record(schema.getField("payload").schema());
        payload.put("id", number);
        payload.put("sent", sentMicros);
        payload.put("text", text);
        GenericRecord event = new GenericData.Record(schema);
        event.put("meta", meta);
        event.put("payload", payload);
        return encode(event);
    }

    private byte[] encode(GenericRecord event) {
        out.reset();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(4).putInt(id).array());
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        try {
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** An event of its bytes. */
    GenericRecord decode(byte[] value) {
        if (ByteBuffer.wrap(value, 1, 4).getInt() != id) {
            throw new IllegalArgumentException("Not of the benchmark's schema");
        }
        decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long id(GenericRecord event) {
        return (Long) ((GenericRecord) event.get("payload")).get("id");
    }

    static long sent(GenericRecord event) {
        return (Long) ((GenericRecord) event.get("payload")).get("sent");
    }

    /** The key of the n-th event. */
    static byte[] key(Work.TopicSpec topic, long number) {
        return (topic.keys() == 0 ? NAME : NAME + "#k" + keyNumber(topic, number)).getBytes(UTF_8);
    }

    private static long keyNumber(Work.TopicSpec topic, long number) {
        if (!topic.zipf()) {
            return number % topic.keys();
        }
        // Zipf with exponent 1, by the inverse of the logarithm that its sum is near to.
        double u = ThreadLocalRandom.current().nextDouble();
        return Math.min(topic.keys() - 1L, (long) Math.pow(topic.keys() + 1.0, u) - 1);
    }

    static String text(int length) {
        return "x".repeat(length);
    }
}
