package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Adds the default of a field that was not written. */
final class DefaultReader {

    private static final String NULL_TEXT = "null";

    private DefaultReader() {}

    static ValueReader of(Schema.Field field) {
        try {
            return isNull(field) ? constant(null) : of(Readers.of(field.schema()), DefaultWriter.encoded(field));
        } catch (Misfit e) {
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
        if (Envelope.branches(field.schema()).get(0).getType() != Schema.Type.NULL) {
            return false;
        }
        Object value = DefaultWriter.defaultOf(field);
        return value == JsonProperties.NULL_VALUE || value == null || value.equals(NULL_TEXT);
    }

    /** One value for all events, unless it has bytes in it: their buffers have positions, which readers move. */
    private static ValueReader of(ValueReader reader, byte[] encoded) {
        Object value = reader.read(new Input(encoded, 0));
        if (!holdsBytes(value)) {
            return constant(value);
        }
        return in -> {
            in.countAdded(1 + encoded.length);
            return reader.read(new Input(encoded, 0));
        };
    }

    private static ValueReader constant(Object value) {
        return in -> {
            in.countAdded(1);
            return value;
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
