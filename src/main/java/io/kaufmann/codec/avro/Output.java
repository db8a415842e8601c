package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;

/** Avro's binary encoding, written to an array that grows, by one thread. */
final class Output {

    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[256];
    private int size;
    private int depth;

    /** Steps into a record, an array or a map; a value that holds itself ends here. */
    void enter() {
        if (++depth > Input.MAX_DEPTH) {
            throw new Misfit("nested deeper than " + Input.MAX_DEPTH + " levels. Does it hold itself?");
        }
    }

    /** Steps out of what {@link #enter()} stepped into. */
    void leave() {
        depth--;
    }

    void writeRaw(byte b) {
        reserve(1);
        bytes[size++] = b;
    }

    void writeBoolean(boolean value) {
        writeRaw((byte) (value ? 1 : 0));
    }

    /** An int or a long: Avro writes them alike. */
    void writeLong(long value) {
        reserve(LONGEST_NUMBER);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    void writeFloat(float value) {
        reserve(Float.BYTES);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    void writeDouble(double value) {
        reserve(Double.BYTES);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    void writeString(CharSequence value) {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        writeLong(text.length);
        reserve(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    /** The remaining bytes with their length before them; the buffer's position stays. */
    void writeBytes(ByteBuffer value) {
        writeLong(value.remaining());
        writeFixed(value);
    }

    /** The remaining bytes alone; the buffer's position stays. */
    void writeFixed(ByteBuffer value) {
        int length = value.remaining();
        reserve(length);
        value.get(value.position(), bytes, size, length);
        size += length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), 2 * bytes.length));
        }
    }
}
