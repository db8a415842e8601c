package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.schema.RegisteredSchema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.apache.avro.util.TimePeriod;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logical types from Java's own types, checked with Avro's own conversions. */
class LogicalTypesWriteTest {

    private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456789Z");

    private final Events events = new Events();
    private RegisteredSchema schema;

    private void given(String type) {
        schema = events.shelf.put("event.x", SchemaShelf.parse(type));
    }

    private void given(String type, String logical) {
        given("{\"type\": \"%s\", \"logicalType\": \"%s\"}".formatted(type, logical));
    }

    /** What Avro's own reader finds, with its conversions. */
    private Object written(Object value) {
        return Events.logical(schema, events.encode("event.x", value));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(Object value) {
        return assertThatThrownBy(() -> events.encode("event.x", value)).isInstanceOf(TranscodeException.class);
    }

    @Test
    void datesAndTimes() {
        given("int", "date");
        assertThat(written(LocalDate.of(1969, 12, 31))).isEqualTo(LocalDate.of(1969, 12, 31));
        assertThat(written(20_000)).as("raw").isEqualTo(LocalDate.ofEpochDay(20_000));
        assertFails(LocalDate.MAX).hasMessageContaining("expected date (a LocalDate or an int), found LocalDate +999");
        assertFails(NOW)
                .hasMessageContaining("expected date (a LocalDate or an int), found Instant 2026-01-02T03:04:05");
        assertFails("2026-01-02").hasMessageContaining("found String \"2026-01-02\"");

        given("int", "time-millis");
        assertThat(written(LocalTime.MAX)).isEqualTo(LocalTime.parse("23:59:59.999"));
        assertThat(written(1)).isEqualTo(LocalTime.ofNanoOfDay(1_000_000));
        assertFails(86_400_000).hasMessageContaining("found Integer 86400000");

        given("long", "time-micros");
        assertThat(written(LocalTime.MAX)).isEqualTo(LocalTime.parse("23:59:59.999999"));
        assertThat(written(1L)).isEqualTo(LocalTime.ofNanoOfDay(1_000));
        assertFails(86_400_000_000L)
                .hasMessageContaining("expected time-micros (a LocalTime or a long), found Long 864");
        assertFails(-1).hasMessageContaining("found Integer -1");
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp-millis, 2026-01-02T03:04:05.123Z",
        "timestamp-micros, 2026-01-02T03:04:05.123456Z",
        "timestamp-nanos,  2026-01-02T03:04:05.123456789Z"
    })
    void anInstantIsCutToTheSchemasUnit(String logical, Instant expected) {
        given("long", logical);

        assertThat(written(NOW)).isEqualTo(expected);
        assertThat(written(NOW.atOffset(ZoneOffset.ofHours(2)))).isEqualTo(expected);
        assertThat(written(NOW.atZone(ZoneId.of("Europe/Berlin")))).isEqualTo(expected);
        assertFails(LocalDateTime.MIN)
                .hasMessageContaining("expected " + logical + " (an Instant or a long), found LocalDateTime -999");
        assertFails(Instant.MAX).hasMessageContaining("found Instant +1000000000");
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void anOldDateIsAnInstant() {
        given("long", "timestamp-millis");

        assertThat(written(new Date(5))).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(written(5L)).as("raw").isEqualTo(Instant.ofEpochMilli(5));
    }

    @Test
    void timeBeforeTheEpochIsCutTowardsThePast() {
        Instant before = Instant.parse("1969-12-31T23:59:59.999999999Z");

        given("long", "timestamp-millis");
        assertThat(written(before)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
        given("long", "local-timestamp-micros");
        assertThat(written(LocalDateTime.ofInstant(before, ZoneOffset.UTC)))
                .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999"));
    }

    @Test
    void theLeastAndTheGreatestTimestampAreKept() {
        for (Unit unit : Unit.values()) {
            long perSecond = unit == Unit.MILLIS ? 1_000 : unit == Unit.MICROS ? 1_000_000 : 1_000_000_000;
            for (long count : List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, Long.MAX_VALUE)) {
                long nanos = Math.floorMod(count, perSecond) * (1_000_000_000 / perSecond);
                Instant instant = Instant.EPOCH
                        .plusSeconds(Math.floorDiv(count, perSecond))
                        .plusNanos(nanos);
                assertThat(unit.count(instant)).isEqualTo(count);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "local-timestamp-millis, 2026-01-02T03:04:05.123",
        "local-timestamp-micros, 2026-01-02T03:04:05.123456",
        "local-timestamp-nanos,  2026-01-02T03:04:05.123456789"
    })
    void aLocalTimestampKnowsNoZone(String logical, LocalDateTime expected) {
        given("long", logical);

        assertThat(written(LocalDateTime.ofInstant(NOW, ZoneOffset.UTC))).isEqualTo(expected);
        assertFails(NOW).hasMessageContaining("expected " + logical + " (a LocalDateTime or a long), found Instant");
    }

    @Test
    void decimalsArePaddedAndNeverRounded() {
        given("{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 5, \"scale\": 2}");

        assertThat(written(new BigDecimal("12.5"))).isEqualTo(new BigDecimal("12.50"));
        assertThat(written(new BigDecimal("-999.99"))).isEqualTo(new BigDecimal("-999.99"));
        assertThat(written(new BigDecimal("12.5000"))).as("zeros are no digits").isEqualTo(new BigDecimal("12.50"));
        assertThat(written(new BigDecimal("1E+2"))).isEqualTo(new BigDecimal("100.00"));
        assertThat(written(new BigDecimal("0E+999999999"))).isEqualTo(new BigDecimal("0.00"));
        assertThat(written(7)).isEqualTo(new BigDecimal("7.00"));
        assertThat(written(BigInteger.TEN)).isEqualTo(new BigDecimal("10.00"));
        assertThat(written(new byte[] {1, 0})).as("raw").isEqualTo(new BigDecimal("2.56"));
        assertFails(new BigDecimal("12.505"))
                .hasMessageContaining("expected decimal of 5 digits, 2 after the point, found BigDecimal 12.505");
        assertFails(new BigDecimal("1000")).hasMessageContaining("found BigDecimal 1000");
        assertFails(new BigDecimal("1E+999999999")).hasMessageContaining("found BigDecimal 1E+999999999");
        assertFails(new BigDecimal("1E-999999999")).hasMessageContaining("found BigDecimal 1E-999999999");
        assertFails(12.5).hasMessageContaining("found Double 12.5");
        assertFails(new byte[0]).hasMessageContaining("found 0 bytes");
    }

    @Test
    void decimalsInFixedBytesKeepTheirSign() {
        given("""
                {"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 3}""");

        for (String number : List.of("0", "1.5", "-1.5", "999999.999", "-999999.999")) {
            assertThat((BigDecimal) written(new BigDecimal(number))).isEqualByComparingTo(number);
        }
        assertThat(written(new byte[] {0, 0, 1, 0})).as("raw").isEqualTo(new BigDecimal("0.256"));
        assertFails(new byte[3]).hasMessageContaining("found 3 bytes");
    }

    @Test
    void bigDecimalsKeepTheirScale() {
        given("bytes", "big-decimal");

        for (String number : List.of("0", "1.50", "-12345678901234567890.1234567890", "1E+10")) {
            assertThat(written(new BigDecimal(number))).isEqualTo(new BigDecimal(number));
        }
        assertFails("1.5")
                .hasMessageContaining("expected big-decimal (a BigDecimal or its bytes), found String \"1.5\"");
    }

    @Test
    void uuidsAsTextAndAsBytes() {
        given("string", "uuid");
        assertThat(written(ID)).isEqualTo(ID);
        assertThat(written(ID.toString())).as("raw").isEqualTo(ID);
        assertFails("1-1-1-1-1").hasMessageContaining("expected uuid (a UUID or its text), found String \"1-1-1-1-1\"");

        given("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 16, \"logicalType\": \"uuid\"}");
        assertThat(written(ID)).isEqualTo(ID);
        assertThat(written(ID.toString())).isEqualTo(ID);
        assertThat(written(ByteBuffer.allocate(16))).as("raw").isEqualTo(new UUID(0, 0));
        assertFails(new byte[15]).hasMessageContaining("expected uuid (a UUID, its text or 16 bytes), found 15 bytes");

        given("\"string\"");
        assertThat(written(ID)).as("in a plain text field").hasToString(ID.toString());
    }

    @Test
    void durations() {
        given("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 12, \"logicalType\": \"duration\"}");

        TimePeriod all = TimePeriod.of(4_294_967_295L, 2, 3);
        assertThat(written(all)).isEqualTo(all);
        assertThat(written(Duration.ofDays(2).plusNanos(1_999_999))).isEqualTo(TimePeriod.of(0, 0, 172_800_001));
        assertThat(written(Period.of(1, 2, 3))).isEqualTo(TimePeriod.of(14, 3, 0));
        assertThat(written(new byte[12])).as("raw").isEqualTo(TimePeriod.of(0, 0, 0));
        assertFails(Duration.ofDays(60)).hasMessageContaining("expected duration (a TimePeriod, ");
        assertFails(Duration.ofMillis(-1)).hasMessageContaining("found Duration PT-0.001S");
        assertFails(Period.ofDays(-1)).hasMessageContaining("found Period P-1D");
    }

    @Test
    void ofAUnionItIsTheBranchOfTheJavaType() {
        given("""
                [ "null", "string", "double", {"type": "long", "logicalType": "timestamp-micros"},
                  {"type": "int", "logicalType": "date"},
                  {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2},
                  {"type": "fixed", "name": "U", "size": 16, "logicalType": "uuid"},
                  {"type": "fixed", "name": "D", "size": 12, "logicalType": "duration"} ]""");

        assertThat(branchOf("text")).isEqualTo(1);
        assertThat(branchOf(ID.toString())).as("text stays text").isEqualTo(1);
        assertThat(branchOf(1.5)).isEqualTo(2);
        assertThat(branchOf(NOW)).isEqualTo(3);
        assertThat(branchOf(1L)).isEqualTo(3);
        assertThat(branchOf(LocalDate.EPOCH)).isEqualTo(4);
        assertThat(branchOf(1)).isEqualTo(4);
        assertThat(branchOf(new BigDecimal("1.25"))).isEqualTo(5);
        assertThat(branchOf(new BigDecimal("1.125")))
                .as("which would be rounded")
                .isEqualTo(2);
        assertThat(branchOf(ID)).isEqualTo(6);
        assertThat(branchOf(Duration.ZERO)).isEqualTo(7);
        assertFails(LocalDateTime.MIN).hasMessageContaining("expected one of null, string, double, timestamp-micros (");
    }

    @Test
    void ofTwoTimesOfDayItIsTheOneThatKeepsTheValue() {
        given("""
                [{"type": "int", "logicalType": "time-millis"}, {"type": "long", "logicalType": "time-micros"}]""");

        assertThat(branchOf(LocalTime.parse("17:42:39.925"))).isZero();
        assertThat(branchOf(LocalTime.parse("17:42:39.925624"))).isEqualTo(1);
    }

    private int branchOf(Object value) {
        return events.encode("event.x", value)[5] / 2;
    }

    record Invoice(UUID id, Instant paidAt, BigDecimal total, LocalDate due) {}

    @Test
    void javaRecordsHoldThem() {
        schema = events.shelf.put("event.x", SchemaShelf.parse("""
                {"type": "record", "name": "Invoice", "fields": [
                  {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                  {"name": "paid_at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
                  {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                  {"name": "due", "type": ["null", {"type": "int", "logicalType": "date"}], "default": null}]}"""));

        assertThat(written(new Invoice(ID, NOW, BigDecimal.ONE, null)))
                .hasToString("{\"id\": \"" + ID + "\", \"paid_at\": \"2026-01-02T03:04:05.123Z\", \"total\": 1.00,"
                        + " \"due\": null}");
    }

    @Test
    void defaultsAreRaw() {
        schema = events.shelf.put("event.x", SchemaShelf.parse("""
                {"type": "record", "name": "R", "fields": [
                  {"name": "t", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 5},
                  {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2},
                    "default": "\\u0001\\u0000"}]}"""));

        assertThat(written(java.util.Map.of())).hasToString("{\"t\": \"1970-01-01T00:00:00.005Z\", \"d\": 2.56}");
    }

    @Test
    void aLogicalTypeThatNobodyKnowsIsThePlainType() {
        given("string", "phone-number");

        assertThat(written("123")).hasToString("123");
    }
}
