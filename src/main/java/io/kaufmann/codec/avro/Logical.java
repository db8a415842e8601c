package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The writers of logical types: from Java's own types, and from the raw numbers, text and bytes beneath. As the Avro
 * specification has them: https://avro.apache.org/docs/1.12.0/specification/#logical-types.
 */
final class Logical {

    private static final ValueWriter DATE = ints("date (a LocalDate or an int)", Times::date);
    private static final ValueWriter TIME_MILLIS = new ScalarWriter<Integer>(
            "time-millis (a LocalTime or an int)", Times::timeMillis, Output::writeLong, Times::stretchToMillis);
    private static final ValueWriter TIME_MICROS = longs("time-micros (a LocalTime or a long)", Times::timeMicros);
    private static final ValueWriter DURATION = new ScalarWriter<>(
            "duration (a TimePeriod, Duration or Period of up to 2^32 months, days and milliseconds, or 12 bytes)",
            Times::duration,
            Output::writeFixed,
            value -> value instanceof TemporalAmount ? 0 : 1);
    private static final ValueWriter UUID_TEXT =
            new ScalarWriter<>("uuid (a UUID or its text)", Uuids::text, Output::writeString, Uuids::stretch);
    private static final ValueWriter UUID_BYTES =
            new ScalarWriter<>("uuid (a UUID, its text or 16 bytes)", Uuids::bytes, Output::writeFixed, Uuids::stretch);
    private static final ValueWriter BIG_DECIMAL = new ScalarWriter<>(
            "big-decimal (a BigDecimal or its bytes)", Decimals::withScale, Output::writeBytes, Decimals::stretch);

    private Logical() {}

    /** The writer of a schema's logical type; empty when it has none, or one that the specification does not know. */
    static Optional<ValueWriter> of(Schema schema) {
        LogicalType type = schema.getLogicalType();
        return type == null ? Optional.empty() : Optional.ofNullable(writer(type, schema));
    }

    private static ValueWriter writer(LogicalType type, Schema schema) {
        boolean fixed = schema.getType() == Schema.Type.FIXED;
        return switch (type.getName()) {
            case "date" -> DATE;
            case "time-millis" -> TIME_MILLIS;
            case "time-micros" -> TIME_MICROS;
            case "timestamp-millis" -> timestamp(type, Unit.MILLIS);
            case "timestamp-micros" -> timestamp(type, Unit.MICROS);
            case "timestamp-nanos" -> timestamp(type, Unit.NANOS);
            case "local-timestamp-millis" -> localTimestamp(type, Unit.MILLIS);
            case "local-timestamp-micros" -> localTimestamp(type, Unit.MICROS);
            case "local-timestamp-nanos" -> localTimestamp(type, Unit.NANOS);
            case "decimal" -> decimal((LogicalTypes.Decimal) type, schema, fixed);
            case "big-decimal" -> BIG_DECIMAL;
            case "uuid" -> fixed ? UUID_BYTES : UUID_TEXT;
            case "duration" -> DURATION;
            default -> null;
        };
    }

    private static ValueWriter timestamp(LogicalType type, Unit unit) {
        return longs(type.getName() + " (an Instant or a long)", value -> Times.timestamp(value, unit));
    }

    private static ValueWriter localTimestamp(LogicalType type, Unit unit) {
        return longs(type.getName() + " (a LocalDateTime or a long)", value -> Times.localTimestamp(value, unit));
    }

    private static ValueWriter decimal(LogicalTypes.Decimal type, Schema schema, boolean fixed) {
        String expected = "decimal of " + type.getPrecision() + " digits, " + type.getScale() + " after the point";
        if (!fixed) {
            return new ScalarWriter<ByteBuffer>(
                    expected,
                    value -> Decimals.bytes(value, type),
                    Output::writeBytes,
                    value -> Decimals.stretch(value, type, schema));
        }
        int size = schema.getFixedSize();
        return new ScalarWriter<ByteBuffer>(
                expected,
                value -> Decimals.fixed(value, type, size),
                Output::writeFixed,
                value -> Decimals.stretch(value, type, schema));
    }

    /** A raw number fits as it fits a plain int: no union has both. */
    private static ValueWriter ints(String expected, Function<Object, Integer> convert) {
        return new ScalarWriter<Integer>(expected, convert, Output::writeLong, value -> isWide(value) ? 1 : 0);
    }

    private static boolean isWide(Object value) {
        return value instanceof Number && !Numbers.isSmall(value);
    }

    private static ValueWriter longs(String expected, Function<Object, Long> convert) {
        return new ScalarWriter<>(expected, convert, Output::writeLong, value -> Numbers.isSmall(value) ? 1 : 0);
    }
}
