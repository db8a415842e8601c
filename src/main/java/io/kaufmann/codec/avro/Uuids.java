package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as Avro's: text, or 16 bytes with the most significant first; null where a value is none. */
final class Uuids {

    private static final int TEXT_LENGTH = 36;
    private static final int BYTES = 16;

    private Uuids() {}

    static CharSequence text(Object value) {
        if (value instanceof CharSequence text) {
            return parse(text) == null ? null : text;
        }
        return value instanceof UUID ? value.toString() : null;
    }

    static ByteBuffer bytes(Object value) {
        UUID uuid = value instanceof CharSequence text ? parse(text) : null;
        if (value instanceof UUID given) {
            uuid = given;
        }
        if (uuid == null) {
            ByteBuffer raw = Scalars.bytes(value);
            return raw != null && raw.remaining() == BYTES ? raw : null;
        }
        return ByteBuffer.allocate(BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip();
    }

    static int stretch(Object value) {
        return value instanceof UUID ? 0 : 1;
    }

    /** Java reads shorter forms too, which others would not. */
    private static UUID parse(CharSequence text) {
        try {
            return text.length() == TEXT_LENGTH ? UUID.fromString(text.toString()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
