package io.kaufmann.codec.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.TimePeriod;

/**
 * Makes the readers of logical types, which read them as Java's own. One that is not known, or does not suit the type
 * beneath, is no logical type: so Avro's specification has it.
 */
final class LogicalReaders {

    /**
     * How many digits a decimal may have after the point, or zeros before it: more than that, and writing it out would take
     * memory that no bytes stand for. The most that PostgreSQL's {@code numeric} has is one less.
     */
    static final int MAX_SCALE = 16_384;

    private static final int UUID_TEXT = 36;
    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    // Some serializers state a precision and do not keep to it; far more digits only keep a handler busy.
    private static final int DIGITS_ALWAYS_READ = 1_000;
    private static final double BITS_OF_A_DIGIT = 3.33;
    private static final long MILLIS_OF_DAY = 86_400 * MILLIS;
    private static final long MICROS_OF_DAY = 86_400 * MICROS;

    private static final Set<String> KNOWN = Set.of(
            "decimal",
            "big-decimal",
            "uuid",
            "duration",
            "date",
            "time-millis",
            "time-micros",
            "timestamp-millis",
            "timestamp-micros",
            "timestamp-nanos",
            "local-timestamp-millis",
            "local-timestamp-micros",
            "local-timestamp-nanos");

    private LogicalReaders() {}

    /** The logical type of a schema; null when it has none that counts here. */
    static LogicalType typeOf(Schema schema) {
        LogicalType type = LogicalTypes.fromSchemaIgnoreInvalid(schema);
        return type == null || !KNOWN.contains(type.getName()) ? null : type;
    }

    /** The scale of a decimal, 0 for any other logical type. */
    static int scale(LogicalType type) {
        return type instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : 0;
    }

    /**
     * The reader of a schema's logical type; null when it has none.
     *
     * @param schema the schema
     * @param number reads the number beneath, if it is one, as it was written
     */
    static ValueReader of(Schema schema, ToLongFunction<Input> number) {
        LogicalType type = typeOf(schema);
        return type == null
                ? null
                : switch (type.getName()) {
                    case "decimal" -> decimal(schema, (LogicalTypes.Decimal) type);
                    case "big-decimal" -> LogicalReaders::readBigDecimal;
                    case "uuid" ->
                        schema.getType() == Schema.Type.FIXED ? LogicalReaders::readUuid : LogicalReaders::parseUuid;
                    case "duration" -> LogicalReaders::readDuration;
                    default -> time(type.getName(), number);
                };
    }

    private static ValueReader time(String type, ToLongFunction<Input> number) {
        return switch (type) {
            case "date" -> in -> LocalDate.ofEpochDay(number.applyAsLong(in));
            case "time-millis" -> in -> timeOfDay(number.applyAsLong(in), MILLIS_OF_DAY, NANOS / MILLIS);
            case "time-micros" -> in -> timeOfDay(number.applyAsLong(in), MICROS_OF_DAY, NANOS / MICROS);
            case "timestamp-millis" -> in -> Instant.ofEpochMilli(number.applyAsLong(in));
            case "timestamp-micros" -> in -> instant(number.applyAsLong(in), MICROS);
            case "timestamp-nanos" -> in -> instant(number.applyAsLong(in), NANOS);
            case "local-timestamp-millis" -> in -> local(number.applyAsLong(in), MILLIS);
            case "local-timestamp-micros" -> in -> local(number.applyAsLong(in), MICROS);
            case "local-timestamp-nanos" -> in -> local(number.applyAsLong(in), NANOS);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static LocalTime timeOfDay(long value, long day, long nanos) {
        if (value < 0 || value >= day) {
            throw new Misfit("a time of day that no day has");
        }
        return LocalTime.ofNanoOfDay(value * nanos);
    }

    private static Instant instant(long value, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (NANOS / perSecond));
    }

    private static LocalDateTime local(long value, long perSecond) {
        int nanos = (int) (Math.floorMod(value, perSecond) * (NANOS / perSecond));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
    }

    private static ValueReader decimal(Schema schema, LogicalTypes.Decimal type) {
        if (type.getScale() > MAX_SCALE) {
            return in -> {
                throw new Misfit("a decimal with a scale of " + type.getScale() + ", " + MAX_SCALE + " at most");
            };
        }
        if (schema.getType() == Schema.Type.FIXED) {
            int size = schema.getFixedSize();
            return in -> decimal(in.readByteArray(size), type);
        }
        return in -> decimal(in.readByteArray(), type);
    }

    private static BigDecimal decimal(byte[] bytes, LogicalTypes.Decimal type) {
        BigInteger unscaled = unscaled(bytes);
        int digits = Math.max(type.getPrecision(), DIGITS_ALWAYS_READ);
        if (unscaled.bitLength() > digits * BITS_OF_A_DIGIT) {
            throw new Misfit("a decimal of more than " + digits + " digits");
        }
        return new BigDecimal(unscaled, type.getScale());
    }

    private static BigInteger unscaled(byte[] bytes) {
        try {
            return new BigInteger(bytes);
        } catch (NumberFormatException | ArithmeticException e) { // No byte at all, or 2^31 bits.
            throw new Misfit("a decimal of " + bytes.length + " bytes");
        }
    }

    /** Bytes that hold the unscaled number as bytes of their own, and then the scale. */
    private static BigDecimal readBigDecimal(Input in) {
        Input parts = new Input(in.readByteArray(), 0);
        BigInteger unscaled = unscaled(parts.readByteArray());
        int scale = parts.readInt();
        if (scale < -MAX_SCALE || scale > MAX_SCALE) {
            throw new Misfit("a decimal with a scale of " + scale + ", between " + -MAX_SCALE + " and " + MAX_SCALE
                    + " is understood");
        }
        if (parts.remaining() > 0) {
            throw new Misfit("a decimal that ends " + parts.remaining() + " bytes before its bytes do");
        }
        return new BigDecimal(unscaled, scale);
    }

    private static UUID readUuid(Input in) {
        return new UUID(in.readBigEndianLong(), in.readBigEndianLong());
    }

    private static UUID parseUuid(Input in) {
        String text = in.readString();
        try {
            if (text.length() == UUID_TEXT) { // Java's own parser takes 1-1-1-1-1 too.
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            throw noUuid(text);
        }
        throw noUuid(text);
    }

    private static Misfit noUuid(String text) {
        return new Misfit("a text of " + text.length() + " characters that is no UUID");
    }

    private static TimePeriod readDuration(Input in) {
        return TimePeriod.of(unsigned(in), unsigned(in), unsigned(in));
    }

    private static long unsigned(Input in) {
        return Integer.toUnsignedLong(in.readLittleEndianInt());
    }
}
