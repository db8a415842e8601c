package io.kaufmann.codec.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Avro's binary encoding, read from an array by one thread. The bytes are taken for hostile: nothing is allocated by a
 * length that they state before it is known that so many bytes are there, nesting is bounded, and so are values that take
 * no bytes, of which any number could be claimed for free.
 */
final class Input {

    static final int MAX_DEPTH = 256;
    static final int MAX_EMPTY = 65_536;
    private static final int MAX_ADDED = 1 << 20;
    private static final int MAX_ADDED_PER_BYTE = 4;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private int position;
    private int depth;
    private int empty;
    private long added;

    Input(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Goes back to where a value began that is to be read in another way. */
    void rewind(int start) {
        position = start;
    }

    int remaining() {
        return bytes.length - position;
    }

    /** Steps into a record, an array or a map. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw new Misfit("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    /** Steps out of what {@link #enter()} stepped into. */
    void leave() {
        depth--;
    }

    /** Counts a value that began at this position, if it took no bytes. */
    void countEmpty(int start) {
        if (position == start && ++empty > MAX_EMPTY) {
            throw new Misfit("more than " + MAX_EMPTY + " values that take no bytes");
        }
    }

    /** Counts what a reader's schema adds to the bytes by its defaults, as so many values. */
    void countAdded(int values) {
        added += values;
        if (added > MAX_ADDED + (long) MAX_ADDED_PER_BYTE * bytes.length) {
            throw new Misfit("more than " + (added - values) + " values that are the defaults of the reader's schema");
        }
    }

    boolean readBoolean() {
        byte b = next();
        if (b < 0 || b > 1) {
            throw new Misfit("0x" + hex(b) + " is no boolean");
        }
        return b == 1;
    }

    int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new Misfit("an int that takes more than 32 bits");
        }
        return (int) value;
    }

    long readLong() {
        long raw = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte b = next();
            raw |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return zigzag(raw);
            }
        }
        byte last = next();
        if (last < 0 || last > 1) {
            throw new Misfit("a number that takes more than 64 bits");
        }
        return zigzag(raw | (long) last << 63);
    }

    private static long zigzag(long raw) {
        return (raw >>> 1) ^ -(raw & 1);
    }

    float readFloat() {
        return Float.intBitsToFloat((int) INTS.get(bytes, take(Float.BYTES)));
    }

    double readDouble() {
        return Double.longBitsToDouble((long) LONGS.get(bytes, take(Double.BYTES)));
    }

    String readString() {
        int length = readLength();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    /** Bytes with a length before them. */
    ByteBuffer readBytes() {
        return readFixed(readLength());
    }

    /** So many bytes: a read-only view of the frame, no copy. */
    ByteBuffer readFixed(int length) {
        return ByteBuffer.wrap(bytes, take(length), length).slice().asReadOnlyBuffer();
    }

    /** Bytes with a length before them, as a copy. */
    byte[] readByteArray() {
        return readByteArray(readLength());
    }

    /** So many bytes, as a copy. */
    byte[] readByteArray(int length) {
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** An int of four bytes, the lowest first, as in a duration. */
    int readLittleEndianInt() {
        return (int) INTS.get(bytes, take(Integer.BYTES));
    }

    /** A long of eight bytes, the highest first, as in a UUID. */
    long readBigEndianLong() {
        return (long) BIG_LONGS.get(bytes, take(Long.BYTES));
    }

    /** Passes over bytes or text with a length before them. */
    void skipBytes() {
        take(readLength());
    }

    /** Passes over so many bytes. */
    void skip(int length) {
        take(length);
    }

    /** How many items the next block of an array or map has; 0 after the last. */
    long readBlockCount() {
        long count = readLong();
        if (count >= 0) {
            return count;
        }
        readLength();
        if (count == Long.MIN_VALUE) {
            throw new Misfit("a block of " + count + " items");
        }
        return -count;
    }

    private int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new Misfit("a length of " + length + " bytes, " + remaining() + " left");
        }
        return (int) length;
    }

    private byte next() {
        return bytes[take(1)];
    }

    private int take(int count) {
        if (count > remaining()) {
            throw new Misfit(count + " bytes wanted, " + remaining() + " left");
        }
        int start = position;
        position += count;
        return start;
    }

    private static String hex(byte b) {
        return String.format("%02x", b);
    }
}
