package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.schema.RegisteredSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.TimePeriod;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logical types become Java's own, as Avro's own conversions make them. */
class LogicalTypesReadTest {

    private static final String DECIMAL = """
            {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 4}""";

    private final SchemaShelf shelf = new SchemaShelf();

    @ParameterizedTest
    @CsvSource({
        "int,  date,                   -1,                 1969-12-31",
        "int,  date,                   2147483647,         +5881580-07-11",
        "int,  time-millis,            86399999,           23:59:59.999",
        "long, time-micros,            1,                  00:00:00.000001",
        "long, time-micros,            86399999999,        23:59:59.999999",
        "long, timestamp-millis,       -1,                 1969-12-31T23:59:59.999Z",
        "long, timestamp-micros,       -1,                 1969-12-31T23:59:59.999999Z",
        "long, timestamp-nanos,        -1,                 1969-12-31T23:59:59.999999999Z",
        "long, local-timestamp-millis, -1,                 1969-12-31T23:59:59.999",
        "long, local-timestamp-micros, -1,                 1969-12-31T23:59:59.999999",
        "long, local-timestamp-nanos,  1700000000123456789, 2023-11-14T22:13:20.123456789"
    })
    void datesAndTimes(String type, String logicalType, long written, String expected) {
        assertThat(decode(schema(type, logicalType), numbers(written))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void everyLongIsATimestamp(long written) {
        for (String unit : List.of("millis", "micros", "nanos")) {
            assertThat(decode(schema("long", "timestamp-" + unit), numbers(written)))
                    .isInstanceOf(Instant.class);
            assertThat(decode(schema("long", "local-timestamp-" + unit), numbers(written)))
                    .isInstanceOf(LocalDateTime.class);
        }
    }

    @Test
    void timesThatNoDayHas() {
        for (long outside : new long[] {-1, 86_400_000, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertFails(schema("int", "time-millis"), numbers(outside))
                    .hasMessageContaining("a time of day that no day has");
        }
        for (long outside : new long[] {-1, 86_400_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertFails(schema("long", "time-micros"), numbers(outside))
                    .hasMessageContaining("a time of day that no day has");
        }
    }

    @Test
    void decimalsOfBytesAndOfFixed() {
        assertThat(decode(DECIMAL, bytes(new BigInteger("-125000").toByteArray())))
                .isEqualTo(new BigDecimal("-12.5000"));
        assertThat(decode("""
                {"type": "fixed", "name": "D", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 2}""", ByteBuffer.allocate(8).putLong(-1).array())).isEqualTo(new BigDecimal("-0.01"));
    }

    @Test
    void aDecimalOfMoreDigitsThanItsTypeHas() {
        String type = """
                {"type": "bytes", "logicalType": "decimal", "precision": %d, "scale": 2}""";
        for (int digits : new int[] {2, 3, 9, 10, 18, 19, 30, 1_000}) {
            BigInteger more = BigInteger.TEN.pow(digits).negate();
            assertThat(decode(type.formatted(digits), bytes(more.toByteArray())))
                    .isEqualTo(new BigDecimal(more, 2));
        }
        byte[] many = new byte[1 << 20];
        many[0] = 1;
        assertFails(type.formatted(9), bytes(many)).hasMessageContaining("a decimal of more than 1000 digits");
        assertThat(decode(type.formatted(9), bytes(new byte[1 << 20]))).isEqualTo(new BigDecimal("0.00"));
        assertThat(decode(type.formatted(Integer.MAX_VALUE), bytes(many))).isInstanceOf(BigDecimal.class);
    }

    @Test
    void aDecimalNeedsAByte() {
        assertFails(DECIMAL, bytes()).hasMessageContaining("a decimal of 0 bytes");
    }

    @Test
    void aDecimalThatClaimsMoreBytesThanThereAre() {
        assertFails(DECIMAL, numbers(Integer.MAX_VALUE)).hasMessageContaining("a length of 2147483647 bytes");
    }

    @Test
    void scalesAreBounded() {
        assertFails("""
                {"type": "bytes", "logicalType": "decimal", "precision": 2147483647, "scale": 2147483647}""", bytes((byte) 1)).hasMessageContaining("a decimal with a scale of 2147483647, 16384 at most");
        String big = schema("bytes", "big-decimal");
        for (int scale : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, 16_385, -16_385}) {
            assertFails(big, bytes(bigDecimal(new byte[] {1}, scale)))
                    .hasMessageContaining("a decimal with a scale of " + scale);
        }
        for (int scale : new int[] {16_384, -16_384}) {
            assertThat(decode(big, bytes(bigDecimal(new byte[] {1}, scale))))
                    .isEqualTo(new BigDecimal(BigInteger.ONE, scale));
        }
    }

    @Test
    void bigDecimalsThatLie() {
        String big = schema("bytes", "big-decimal");

        assertFails(big, bytes()).hasMessageContaining("1 bytes wanted, 0 left");
        assertFails(big, bytes(bigDecimal(new byte[0], 1))).hasMessageContaining("a decimal of 0 bytes");
        assertFails(big, bytes(numbers(1 << 30))).hasMessageContaining("a length of 1073741824 bytes");
        assertFails(big, bytes((byte) 2, (byte) 1, (byte) 0, (byte) 9)).hasMessageContaining("ends 1 bytes before");
    }

    @Test
    void uuidsOfTextAndOfFixed() {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

        assertThat(decode(schema("string", "uuid"), text(uuid.toString()))).isEqualTo(uuid);
        assertThat(decode(
                        """
                {"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"}""",
                        ByteBuffer.allocate(16)
                                .putLong(uuid.getMostSignificantBits())
                                .putLong(uuid.getLeastSignificantBits())
                                .array()))
                .isEqualTo(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1-1-1-1-1", "00112233-4455-6677-8899-aabbccddeefg", "00112233x4455x6677x8899xaabbccddeeff"})
    void textThatIsNoUuid(String text) {
        assertFails(schema("string", "uuid"), text(text))
                .hasMessageContaining("a text of " + text.length() + " characters that is no UUID")
                .satisfies(e -> assertThat(text.isEmpty() || !e.getMessage().contains(text))
                        .isTrue());
    }

    @Test
    void durationsAreAvrosOwnPeriods() {
        byte[] bytes = {1, 0, 0, 0, 2, 0, 0, 0, -1, -1, -1, -1};

        assertThat(decode("""
                {"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"}""", bytes)).isEqualTo(TimePeriod.of(1, 2, 0xffffffffL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"int\", \"logicalType\": \"no-such-type\"}",
                "{\"type\": \"int\", \"logicalType\": \"timestamp-millis\"}",
                "{\"type\": \"int\", \"logicalType\": \"uuid\"}",
                "{\"type\": \"int\", \"logicalType\": 7}"
            })
    void oneThatIsNotKnownOrDoesNotSuitIsIgnored(String schema) {
        assertThat(decode(schema, numbers(5))).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\"}",
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 0}",
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 2, \"scale\": 3}",
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 2, \"scale\": -1}",
                "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": \"2\"}"
            })
    void anInvalidDecimalIsBytes(String schema) {
        assertThat(decode(schema, bytes((byte) 5))).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
    }

    @Test
    void theyStandInRecordsListsMapsAndUnions() {
        Object decoded = decode("""
                {"type": "record", "name": "X", "fields": [
                  {"name": "days", "type": {"type": "array", "items": {"type": "int", "logicalType": "date"}}},
                  {"name": "by", "type": {"type": "map", "values": {"type": "long", "logicalType": "timestamp-millis"}}},
                  {"name": "at", "type": ["null", {"type": "int", "logicalType": "time-millis"}]}]}""", numbers(1, 1, 0, 0, 1, 2));

        assertThat(decoded)
                .isEqualTo(Map.of(
                        "days",
                        List.of(LocalDate.ofEpochDay(1)),
                        "by",
                        Map.of(),
                        "at",
                        LocalTime.ofNanoOfDay(2_000_000)));
    }

    @Test
    void aPathTellsWhere() {
        assertFails("""
                {"type": "record", "name": "X", "fields": [{"name": "ids", "type":
                  {"type": "array", "items": {"type": "string", "logicalType": "uuid"}}}]}""", numbers(1, 0, 0))
                .hasMessageContaining("ids[0] at byte 7: a text of 0 characters that is no UUID");
    }

    @Property
    void decimalsAreWhatAvrosConversionMakes(
            @ForAll @Size(min = 1, max = 40) byte[] unscaled, @ForAll @IntRange(max = 30) int scale) {
        Schema schema = LogicalTypes.decimal(30, scale).addToSchema(Schema.create(Schema.Type.BYTES));

        assertThat(decode(schema.toString(), bytes(unscaled)))
                .isEqualTo(new Conversions.DecimalConversion()
                        .fromBytes(ByteBuffer.wrap(unscaled), schema, schema.getLogicalType()));
    }

    @Property
    void bigDecimalsAreWhatAvrosConversionMakes(
            @ForAll @Size(min = 1, max = 40) byte[] unscaled, @ForAll @IntRange(min = -9_999, max = 9_999) int scale) {
        BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
        Schema schema = LogicalTypes.bigDecimal().addToSchema(Schema.create(Schema.Type.BYTES));
        ByteBuffer written = new Conversions.BigDecimalConversion().toBytes(value, schema, schema.getLogicalType());

        byte[] body = new byte[written.remaining()];
        written.get(body);
        assertThat(decode(schema.toString(), bytes(body))).isEqualTo(value);
    }

    @Property
    void timestampsAreWhatAvrosConversionsMake(@ForAll long written) {
        for (Conversion<?> conversion : List.of(
                new TimeConversions.TimestampMillisConversion(),
                new TimeConversions.TimestampMicrosConversion(),
                new TimeConversions.TimestampNanosConversion(),
                new TimeConversions.LocalTimestampMillisConversion(),
                new TimeConversions.LocalTimestampMicrosConversion(),
                new TimeConversions.LocalTimestampNanosConversion())) {
            assertSame(conversion, written, numbers(written));
        }
    }

    @Property
    void datesAndTimesAreWhatAvrosConversionsMake(
            @ForAll int day, @ForAll @LongRange(max = 86_399_999_999L) long micros) {
        assertSame(new TimeConversions.DateConversion(), day, numbers(day));
        assertSame(new TimeConversions.TimeMicrosConversion(), micros, numbers(micros));
        assertSame(new TimeConversions.TimeMillisConversion(), (int) (micros / 1_000), numbers(micros / 1_000));
    }

    @Property
    void uuidsAndDurationsAreWhatAvrosConversionsMake(
            @ForAll long high, @ForAll long low, @ForAll @Size(12) byte[] period) {
        String text = new UUID(high, low).toString();
        assertSame(new Conversions.UUIDConversion(), text, text(text));
        Schema duration = new Conversions.DurationConversion().getRecommendedSchema();
        assertThat(decode(duration.toString(), period))
                .isEqualTo(new Conversions.DurationConversion()
                        .fromFixed(new GenericData.Fixed(duration, period), duration, duration.getLogicalType()));
    }

    @Property
    void anyTextIsAUuidOrAnError(@ForAll @StringLength(max = 40) String text) {
        try {
            assertThat(decode(schema("string", "uuid"), text(text))).isInstanceOf(UUID.class);
        } catch (TranscodeException e) {
            assertThat(e).hasMessageContaining("is no UUID");
        }
    }

    private void assertSame(Conversion<?> conversion, Object plain, byte[] bytes) {
        Schema schema = conversion.getRecommendedSchema();
        LogicalType type = schema.getLogicalType();
        assertThat(decode(schema.toString(), bytes))
                .isEqualTo(Conversions.convertToLogicalType(plain, schema, type, conversion));
    }

    private static String schema(String type, String logicalType) {
        return "{\"type\": \"" + type + "\", \"logicalType\": \"" + logicalType + "\"}";
    }

    private Object decode(String schema, byte... body) {
        RegisteredSchema registered = shelf.put("event.x", SchemaShelf.parse(schema));
        return new SchemaReader(registered)
                .read("event.x", Events.frame(registered.id(), body), Frame.HEAD)
                .payload()
                .value();
    }

    private AbstractThrowableAssert<?, ?> assertFails(String schema, byte... body) {
        return assertThatThrownBy(() -> decode(schema, body)).isInstanceOf(TranscodeException.class);
    }

    private static byte[] numbers(long... numbers) {
        Output out = new Output();
        for (long number : numbers) {
            out.writeLong(number);
        }
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(byte... bytes) {
        byte[] length = numbers(bytes.length);
        return ByteBuffer.allocate(length.length + bytes.length)
                .put(length)
                .put(bytes)
                .array();
    }

    private static byte[] bigDecimal(byte[] unscaled, int scale) {
        byte[] first = bytes(unscaled);
        byte[] second = numbers(scale);
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
