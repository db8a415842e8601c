package io.kaufmann.codec.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Adds the default of a field that was not written. */
final class DefaultReader {

    private static final int LARGEST_FIXED = 1 << 20;
    private static final String NULL_TEXT = "null";

    private DefaultReader() {}

    static ValueReader of(Schema.Field field) {
        if (isNull(field)) {
            return in -> {
                in.countAdded(1);
                return null;
            };
        }
        try {
            return of(Readers.of(field.schema()), encoded(field));
        } catch (Misfit
                | AvroRuntimeException
                | NullPointerException
                | IOException e) { // Avro's answers to a default of another shape.
            return in -> {
                throw Misfit.unresolvable(
                        "not written, and the default in the reader's schema does not fit its own type");
            };
        }
    }

    /**
     * Whether it is null, or what KaufmannEx's metadata means by the text {@code "null"} as the default of a callback topic:
     * for Avro a value that no branch of the union takes, which its own reader takes for a record without fields.
     */
    private static boolean isNull(Schema.Field field) {
        Object value = field.defaultVal();
        return Envelope.branches(field.schema()).get(0).getType() == Schema.Type.NULL
                && (value == JsonProperties.NULL_VALUE || value == null || value.equals(NULL_TEXT));
    }

    private static byte[] encoded(Schema.Field field) throws IOException {
        Schema schema = field.schema();
        if (schema.getType() == Schema.Type.FIXED && schema.getFixedSize() > LARGEST_FIXED) {
            throw new AvroRuntimeException("Avro would make that many bytes of any default");
        }
        GenericData data = new GenericData();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema, data).write(data.getDefaultValue(field), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** One value for all events, unless it has bytes in it: their buffers have positions, which readers move. */
    private static ValueReader of(ValueReader reader, byte[] encoded) {
        Object value = reader.read(new Input(encoded, 0));
        if (!holdsBytes(value)) {
            return in -> {
                in.countAdded(1);
                return value;
            };
        }
        return in -> {
            in.countAdded(1 + encoded.length);
            return reader.read(new Input(encoded, 0));
        };
    }

    private static boolean holdsBytes(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(DefaultReader::holdsBytes);
        }
        return value instanceof Collection<?> items
                ? items.stream().anyMatch(DefaultReader::holdsBytes)
                : value instanceof ByteBuffer;
    }
}
