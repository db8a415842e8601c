package io.kaufmann.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes and reads Confluent's wire format (byte 0x00, schema id as four bytes big endian, Avro binary) with nothing but
 * Avro's generic reader and writer, so that tests do not check the library's codec against itself.
 */
public final class ConfluentFrames {

    private static final byte MAGIC = 0;
    private static final int HEADER = 5;

    private ConfluentFrames() {}

    /** A frame of any Avro value that fits the schema. */
    public static byte[] write(int schemaId, Schema schema, Object value) {
        return frame(schemaId, encode(schema, value));
    }

    /** A frame of a record, from plain maps, lists and values; see {@link AvroValues}. */
    public static byte[] write(int schemaId, Schema schema, Map<String, ?> fields) {
        return write(schemaId, schema, AvroValues.record(schema, fields));
    }

    /** A frame around a body that may be anything: for frames that cannot be read. */
    public static byte[] frame(int schemaId, byte[] body) {
        return ByteBuffer.allocate(HEADER + body.length)
                .put(MAGIC)
                .putInt(schemaId)
                .put(body)
                .array();
    }

    /** The Avro binary of a value, without a frame: the bare format of KaufmannEx. */
    public static byte[] encode(Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The id of the schema that a frame was written with. */
    public static int schemaId(byte[] frame) {
        if (frame.length < HEADER || frame[0] != MAGIC) {
            throw new AssertionError("Not a Confluent frame: " + frame.length + " bytes, beginning with "
                    + (frame.length == 0 ? "nothing" : "byte " + frame[0]));
        }
        return ByteBuffer.wrap(frame).getInt(1);
    }

    /** The record in a frame, in the shape it was written. */
    public static GenericRecord read(byte[] frame, Schema writer) {
        return read(frame, writer, writer);
    }

    /** The record in a frame, resolved to a reader's schema; whatever stands behind it is an error. */
    public static GenericRecord read(byte[] frame, Schema writer, Schema reader) {
        schemaId(frame);
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(frame, HEADER, frame.length - HEADER, null);
        try {
            GenericRecord record = new GenericDatumReader<GenericRecord>(writer, reader).read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AssertionError("Bytes are left behind the " + writer.getFullName() + " of a frame");
            }
            return record;
        } catch (IOException failure) {
            throw new UncheckedIOException("The frame does not hold a " + writer.getFullName(), failure);
        }
    }
}
