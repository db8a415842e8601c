package io.kaufmann.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a single value is read as a Java type: the same rules for a getter and for a component of a user's type. Text is never
 * taken for a number; types that JSON has no form for are read from text in their ISO form too.
 *
 * @param type the Java type
 * @param read the value as that type; null when it is none
 */
record Scalar<T>(Class<T> type, Function<Object, T> read) {

    static final Scalar<String> TEXT = new Scalar<>(String.class, Scalar::asText);
    static final Scalar<Long> LONG = new Scalar<>(long.class, Scalar::asLong);
    static final Scalar<Double> DOUBLE =
            new Scalar<>(double.class, value -> value instanceof Number number ? number.doubleValue() : null);
    static final Scalar<BigDecimal> DECIMAL = new Scalar<>(BigDecimal.class, Scalar::asDecimal);
    static final Scalar<Boolean> FLAG =
            new Scalar<>(boolean.class, value -> value instanceof Boolean flag ? flag : null);
    static final Scalar<ByteBuffer> BYTES = new Scalar<>(ByteBuffer.class, Scalar::asBytes);
    static final Scalar<byte[]> BYTE_ARRAY = new Scalar<>(byte[].class, Scalar::asByteArray);
    static final Scalar<UUID> UNIQUE_ID = parsed(UUID.class, Scalar::asUuid);
    static final Scalar<Instant> INSTANT = parsed(Instant.class, Instant::parse);
    static final Scalar<LocalDate> DATE = parsed(LocalDate.class, LocalDate::parse);
    static final Scalar<LocalTime> TIME = parsed(LocalTime.class, LocalTime::parse);
    static final Scalar<LocalDateTime> DATE_TIME = parsed(LocalDateTime.class, LocalDateTime::parse);
    static final Scalar<Duration> DURATION = parsed(Duration.class, Duration::parse);
    static final Scalar<Period> PERIOD = parsed(Period.class, Period::parse);
    static final Scalar<OffsetDateTime> OFFSET =
            fromInstant(OffsetDateTime.class, OffsetDateTime::parse, instant -> instant.atOffset(ZoneOffset.UTC));
    static final Scalar<ZonedDateTime> ZONED =
            fromInstant(ZonedDateTime.class, ZonedDateTime::parse, instant -> instant.atZone(ZoneOffset.UTC));

    private static final int UUID_LENGTH = 36;

    /** What a message calls it. */
    String name() {
        return type.getSimpleName();
    }

    private static <T> Scalar<T> parsed(Class<T> type, Function<String, T> parse) {
        return new Scalar<>(type, value -> {
            if (type.isInstance(value)) {
                return type.cast(value);
            }
            return value instanceof CharSequence text ? parse(parse, text.toString()) : null;
        });
    }

    private static <T> Scalar<T> fromInstant(Class<T> type, Function<String, T> parse, Function<Instant, T> convert) {
        Scalar<T> plain = parsed(type, parse);
        return new Scalar<>(
                type, value -> value instanceof Instant instant ? convert.apply(instant) : plain.read.apply(value));
    }

    private static <T> T parse(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String asText(Object value) {
        return value instanceof CharSequence text ? text.toString() : null;
    }

    private static Long asLong(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof BigInteger big && big.bitLength() < Long.SIZE ? big.longValue() : null;
    }

    private static BigDecimal asDecimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        return value instanceof Double || value instanceof Float ? fromFraction((Number) value) : whole(value);
    }

    // Of its shortest text, which is what the sender meant: 0.1, not 0.1000000000000000055.
    private static BigDecimal fromFraction(Number number) {
        return Double.isFinite(number.doubleValue()) ? new BigDecimal(number.toString()) : null;
    }

    private static BigDecimal whole(Object value) {
        Long whole = asLong(value);
        return whole == null ? null : BigDecimal.valueOf(whole);
    }

    private static ByteBuffer asBytes(Object value) {
        if (value instanceof byte[] array) {
            return ByteBuffer.wrap(array).asReadOnlyBuffer();
        }
        return value instanceof ByteBuffer buffer ? buffer.asReadOnlyBuffer() : null;
    }

    private static byte[] asByteArray(Object value) {
        ByteBuffer bytes = asBytes(value);
        if (bytes == null) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    // UUID's own reading takes shorter texts too, and makes up what they lack.
    private static UUID asUuid(String text) {
        return text.length() == UUID_LENGTH ? UUID.fromString(text) : null;
    }
}
