package io.kaufmann.codec.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Java's numbers as Avro's, where the value is kept; null where it would become another, or is no number. */
final class Numbers {

    private static final double TWO_TO_63 = 0x1p63;

    private Numbers() {}

    static Integer toInt(Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        Long whole = toLong(value);
        return whole != null && whole == whole.intValue() ? (Integer) whole.intValue() : null;
    }

    static Long toLong(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof BigInteger number) {
            return number.bitLength() < Long.SIZE ? (Long) number.longValue() : null;
        }
        return value instanceof Integer
                        || value instanceof Short
                        || value instanceof Byte
                        || value instanceof AtomicInteger
                        || value instanceof AtomicLong
                ? (Long) ((Number) value).longValue()
                : null;
    }

    /** A whole number must be kept exactly; a fraction is rounded to the nearest float, as floats always are. */
    static Float toFloat(Object value) {
        if (value instanceof Float number) {
            return number;
        }
        Double wide = toDouble(value);
        if (wide == null) {
            return null;
        }
        float narrow = wide.floatValue();
        boolean kept = (value instanceof Double || value instanceof BigDecimal)
                ? Float.isFinite(narrow) || !Double.isFinite(wide)
                : narrow == wide;
        return kept ? (Float) narrow : null;
    }

    /** A whole number must be kept exactly, a decimal to its last digit. */
    static Double toDouble(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        if (value instanceof BigDecimal number) {
            double wide = number.doubleValue();
            return Double.isFinite(wide) && BigDecimal.valueOf(wide).compareTo(number) == 0 ? (Double) wide : null;
        }
        Long whole = toLong(value);
        if (whole == null) {
            return null;
        }
        double wide = whole;
        return wide < TWO_TO_63 && (long) wide == whole ? (Double) wide : null;
    }

    /** Whether a number is of a type that an int holds by nature, so that an int suits it better than a long. */
    static boolean isSmall(Object value) {
        return value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof AtomicInteger;
    }
}
