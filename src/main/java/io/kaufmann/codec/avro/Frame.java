package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The head of Confluent's wire format: byte 0, then the schema's id in 4 bytes, big endian. */
final class Frame {

    static final int HEAD = 5;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Frame() {}

    /** Whether a value looks like a frame. */
    static boolean isOne(byte[] value) {
        return value.length >= HEAD && value[0] == 0;
    }

    /**
     * The schema id of a frame.
     *
     * @throws TranscodeException when it is no frame
     */
    static int schemaId(byte[] value) {
        if (value.length > 0 && value[0] != 0) {
            throw new TranscodeException(String.format(
                    "magic byte 0x%02x where Confluent's wire format has 0x00: %s", value[0], guess(value[0])));
        }
        if (value.length < HEAD) {
            throw new TranscodeException("truncated frame: " + value.length
                    + " bytes, where the head of Confluent's wire format has " + HEAD);
        }
        int id = idAfterFirst(value);
        if (id < 0) {
            throw new TranscodeException("schema id " + id + " is negative: no frame of Confluent's wire format");
        }
        return id;
    }

    /** The four bytes after the first, as they stand in a frame and in a header alike. */
    static int idAfterFirst(byte[] bytes) {
        return (int) INTS.get(bytes, 1);
    }

    private static String guess(byte first) {
        return switch (first) {
            case '{', '[', ' ', '\n', '\r', '\t' -> "looks like JSON, which the transcoder json reads";
            default -> "bare Avro, which the transcoder bare reads, or written by another serializer";
        };
    }

    /** Writes the head. */
    static void write(int schemaId, Output out) {
        out.writeRaw((byte) 0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.writeRaw((byte) (schemaId >>> shift));
        }
    }
}
