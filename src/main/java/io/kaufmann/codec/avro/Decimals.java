package io.kaufmann.codec.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/**
 * Decimals as Avro's bytes: the unscaled number in two's complement, big endian. Zeros are added after the point, digits
 * never taken away; null where that would be needed, or a value is no decimal.
 */
final class Decimals {

    /** More is not read either: written out, such a number is longer than any text. */
    private static final int MAX_SCALE = 16_384;

    private Decimals() {}

    static ByteBuffer bytes(Object value, LogicalTypes.Decimal type) {
        ByteBuffer raw = Scalars.bytes(value);
        if (raw != null) {
            return raw.hasRemaining() ? raw : null;
        }
        BigInteger unscaled = unscaled(value, type);
        return unscaled == null ? null : ByteBuffer.wrap(unscaled.toByteArray());
    }

    static ByteBuffer fixed(Object value, LogicalTypes.Decimal type, int size) {
        ByteBuffer raw = Scalars.bytes(value);
        if (raw != null) {
            return raw.remaining() == size && size > 0 ? raw : null;
        }
        BigInteger unscaled = unscaled(value, type);
        return unscaled == null || unscaled.bitLength() >= size * Byte.SIZE ? null : padded(unscaled, size);
    }

    private static ByteBuffer padded(BigInteger unscaled, int size) {
        byte[] number = unscaled.toByteArray();
        byte[] padded = new byte[size];
        Arrays.fill(padded, 0, size - number.length, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(number, 0, padded, size - number.length, number.length);
        return ByteBuffer.wrap(padded);
    }

    /** The unscaled number at the type's scale. The digits are counted first: a number like 1E+999999999 has no bounds. */
    private static BigInteger unscaled(Object value, LogicalTypes.Decimal type) {
        BigDecimal number = number(value);
        if (number == null || type.getScale() > MAX_SCALE) {
            return null;
        }
        if (number.signum() == 0) {
            return BigInteger.ZERO;
        }
        BigDecimal shortest = number.scale() == type.getScale() ? number : number.stripTrailingZeros();
        long digits = (long) shortest.precision() - shortest.scale() + type.getScale();
        boolean fits = shortest.scale() <= type.getScale() && digits <= type.getPrecision();
        return fits ? shortest.setScale(type.getScale()).unscaledValue() : null;
    }

    private static BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        Long whole = Numbers.toLong(value);
        return whole == null ? null : BigDecimal.valueOf(whole);
    }

    /** Avro's {@code big-decimal}: the unscaled number's bytes with their length before them, then the scale. */
    static ByteBuffer withScale(Object value) {
        ByteBuffer raw = Scalars.bytes(value);
        if (raw != null) {
            return raw.hasRemaining() ? raw : null;
        }
        BigDecimal number = number(value);
        if (number == null || Math.abs((long) number.scale()) > MAX_SCALE) {
            return null;
        }
        Output out = new Output();
        out.writeBytes(ByteBuffer.wrap(number.unscaledValue().toByteArray()));
        out.writeLong(number.scale());
        return ByteBuffer.wrap(out.toByteArray());
    }

    /** A number of the type's own scale fits best, bytes least, and a fixed that is not the type's own less still. */
    static int stretch(Object value, LogicalTypes.Decimal type, Schema schema) {
        if (value instanceof BigDecimal number) {
            return number.scale() == type.getScale() ? 0 : 1;
        }
        return value instanceof GenericFixed && schema.getType() == Schema.Type.BYTES ? 3 : 2;
    }

    /** The same for a number with a scale of its own. */
    static int stretch(Object value) {
        if (value instanceof BigDecimal) {
            return 0;
        }
        return value instanceof GenericFixed ? 3 : 2;
    }
}
