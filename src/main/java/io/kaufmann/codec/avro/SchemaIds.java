package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The header in which Confluent's clients may put the id of a value's schema, so that the value has nothing before it: byte
 * 0 and the id in 4 bytes, big endian, or byte 1 and the schema's GUID in 16 bytes. As with Confluent's own deserializer,
 * a header goes before what stands at the value's beginning, and of several the last counts.
 */
final class SchemaIds {

    static final String HEADER = "__value_schema_id";

    private static final int GUID = 1 + 2 * Long.BYTES;

    private SchemaIds() {}

    /** What the header holds; null when there is none. */
    static byte[] inHeader(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null ? null : header.value();
    }

    /** Whether a header's value holds a GUID, rather than an id. */
    static boolean isGuid(byte[] header) {
        return header.length > 0 && header[0] == 1;
    }

    /**
     * The id that a header holds.
     *
     * @throws TranscodeException when it holds none
     */
    static int id(byte[] header) {
        if (header.length != Frame.HEAD || header[0] != 0) {
            throw malformed(header);
        }
        int id = Frame.idAfterFirst(header);
        if (id < 0) {
            throw new TranscodeException("header " + HEADER + ": schema id " + id + " is negative");
        }
        return id;
    }

    /**
     * The GUID that a header holds.
     *
     * @throws TranscodeException when it holds none
     */
    static UUID guid(byte[] header) {
        if (header.length != GUID || header[0] != 1) {
            throw malformed(header);
        }
        ByteBuffer guid = ByteBuffer.wrap(header, 1, 2 * Long.BYTES);
        return new UUID(guid.getLong(), guid.getLong());
    }

    private static TranscodeException malformed(byte[] header) {
        return new TranscodeException("header " + HEADER + " of " + header.length + " bytes"
                + (header.length == 0 ? "" : String.format(", the first 0x%02x", header[0]))
                + ": neither 0x00 and a schema id in 4 bytes nor 0x01 and a GUID in 16");
    }
}
