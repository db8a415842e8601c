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
import java.util.Date;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.util.TimePeriod;

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
    static final Scalar<Double> DOUBLE = new Scalar<>(double.class, Scalar::asDouble);
    static final Scalar<Double> BOXED_DOUBLE = new Scalar<>(Double.class, Scalar::asDouble);
    static final Scalar<Float> FLOAT = new Scalar<>(float.class, Scalar::asFloat);
    static final Scalar<Float> BOXED_FLOAT = new Scalar<>(Float.class, Scalar::asFloat);
    static final Scalar<Byte> BYTE = new Scalar<>(byte.class, Scalar::asByte);
    static final Scalar<Byte> BOXED_BYTE = new Scalar<>(Byte.class, Scalar::asByte);
    static final Scalar<CharSequence> CHARACTERS = new Scalar<>(CharSequence.class, Scalar::asText);
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
    static final Scalar<TimePeriod> TIME_PERIOD =
            new Scalar<>(TimePeriod.class, value -> value instanceof TimePeriod period ? period : null);
    static final Scalar<Duration> DURATION =
            converted(Duration.class, Duration::parse, TimePeriod.class, Scalar::toDuration);
    static final Scalar<Period> PERIOD = converted(Period.class, Period::parse, TimePeriod.class, TimePeriod::toPeriod);
    static final Scalar<OffsetDateTime> OFFSET = converted(
            OffsetDateTime.class, OffsetDateTime::parse, Instant.class, instant -> instant.atOffset(ZoneOffset.UTC));
    static final Scalar<ZonedDateTime> ZONED = converted(
            ZonedDateTime.class, ZonedDateTime::parse, Instant.class, instant -> instant.atZone(ZoneOffset.UTC));

    @SuppressWarnings("JavaUtilDate") // Older classes have it.
    static final Scalar<Date> OLD_DATE =
            converted(Date.class, text -> Date.from(Instant.parse(text)), Instant.class, Date::from);

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
            return value instanceof CharSequence text ? tried(parse, text.toString()) : null;
        });
    }

    private static <T, F> Scalar<T> converted(
            Class<T> type, Function<String, T> parse, Class<F> from, Function<F, T> convert) {
        Scalar<T> plain = parsed(type, parse);
        return new Scalar<>(
                type, value -> from.isInstance(value) ? tried(convert, from.cast(value)) : plain.read.apply(value));
    }

    private static <F, T> T tried(Function<F, T> convert, F value) {
        try {
            return convert.apply(value);
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    // Its own conversion makes 24 hours of a day, which a day need not have.
    private static Duration toDuration(TimePeriod period) {
        return period.getMonths() == 0 && period.getDays() == 0 ? period.toDuration() : null;
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

    // The nearest one; but what has bounds does not become infinite.
    private static Double asDouble(Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double nearest = number.doubleValue();
        return Double.isInfinite(nearest) && !(value instanceof Double || value instanceof Float) ? null : nearest;
    }

    private static Float asFloat(Object value) {
        Double wide = asDouble(value);
        if (wide == null) {
            return null;
        }
        float nearest = ((Number) value).floatValue();
        return Float.isInfinite(nearest) && !Double.isInfinite(wide) ? null : (Float) nearest;
    }

    // Jackson's own takes up to 255, which becomes -1.
    private static Byte asByte(Object value) {
        Long whole = asLong(value);
        return whole != null && whole == whole.byteValue() ? (Byte) whole.byteValue() : null;
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
