package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Payload;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.Record;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroEncodingTest {

    private final Events events = new Events();

    enum Suit {
        HEARTS,
        CLUBS
    }

    @Test
    void avrosOwnReaderReadsWhatIsWritten() {
        RegisteredSchema schema = events.put("event.greeted", """
                {"name": "greeting", "type": "string"}, {"name": "times", "type": "int"}""");

        byte[] frame = events.encode("event.greeted#42", Map.of("greeting", "Grüße 🎈", "times", 3));

        GenericRecord read = (GenericRecord) Events.datum(schema, frame);
        assertThat(read.get("meta")).isNull();
        assertThat(read.get("payload")).hasToString("{\"greeting\": \"Grüße 🎈\", \"times\": 3}");
    }

    @Test
    void theFrameHasTheIdOfTheNewestVersion() {
        events.shelf.put("event.x", SchemaShelf.parse("\"int\""));
        RegisteredSchema second = events.shelf.put("event.x", SchemaShelf.parse("\"long\""));

        assertThat(events.encode("event.x", 1L)).isEqualTo(Events.frame(second, 1L));
    }

    @Test
    void aNewVersionIsTakenUp() {
        events.shelf.put("event.x", SchemaShelf.parse("\"int\""));
        events.encode("event.x", 1);
        RegisteredSchema second = events.shelf.put("event.x", SchemaShelf.parse("\"string\""));

        assertThat(events.encode("event.x", "one")).isEqualTo(Events.frame(second, "one"));
    }

    @ParameterizedTest
    @CsvSource({
        "int,    -1",
        "int,    2147483647",
        "int,    -2147483648",
        "long,   0",
        "long,   9223372036854775807",
        "long,   -9223372036854775808",
        "float,  0",
        "float,  16777216",
        "double, 9007199254740992",
        "double, -9223372036854775808"
    })
    void wholeNumbersGoWhereTheirValueIsKept(String type, long number) {
        events.shelf.put("event.x", SchemaShelf.parse('"' + type + '"'));

        for (Object given :
                List.of(number, BigInteger.valueOf(number), new AtomicLong(number), OptionalLong.of(number))) {
            Number read = (Number) events.decode("event.x", events.encode("event.x", given))
                    .payload()
                    .value();
            BigDecimal value =
                    read instanceof Long ? BigDecimal.valueOf(read.longValue()) : new BigDecimal(read.doubleValue());
            assertThat(value).isEqualByComparingTo(BigDecimal.valueOf(number));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "int,    2147483648", "int,    -2147483649", "long,   9223372036854775808",
        "float,  16777217", "double, 9007199254740993", "double, 9223372036854775807",
        "float,  9223372036854775807", "double, 100000000000000000000"
    })
    void wholeNumbersDoNotGoWhereTheyWouldBecomeOthers(String type, BigInteger number) {
        events.shelf.put("event.x", SchemaShelf.parse('"' + type + '"'));

        assertFails("event.x", number)
                .hasMessageStartingWith("event.x payload: expected " + type + ", found BigInteger " + number);
    }

    @Test
    void fractionsGoToFloatsAndDoublesOnly() {
        events.shelf.put("event.f", SchemaShelf.parse("\"float\""));
        events.shelf.put("event.d", SchemaShelf.parse("\"double\""));
        events.shelf.put("event.i", SchemaShelf.parse("\"int\""));

        assertThat(roundTrip("event.f", 0.1)).isEqualTo(0.1f);
        assertThat(roundTrip("event.f", Double.NaN)).isEqualTo(Float.NaN);
        assertThat(roundTrip("event.f", Double.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(roundTrip("event.d", 1.5f)).isEqualTo(1.5);
        assertThat(roundTrip("event.d", new BigDecimal("12.50"))).isEqualTo(12.5);
        assertFails("event.f", 1e300).hasMessageContaining("expected float, found Double 1.0E300");
        assertFails("event.d", new BigDecimal("0.12345678901234567890"))
                .hasMessageContaining("expected double, found BigDecimal 0.12345678901234567890");
        assertFails("event.i", 3.0).hasMessageContaining("expected int, found Double 3.0");
    }

    @Test
    void takesEachTypeInTheFormsThatHandlersHave() {
        events.shelf.put("event.bytes", SchemaShelf.parse("\"bytes\""));
        events.shelf.put("event.fixed", SchemaShelf.parse("{\"type\": \"fixed\", \"name\": \"Two\", \"size\": 2}"));
        events.shelf.put(
                "event.enum",
                SchemaShelf.parse("{\"type\": \"enum\", \"name\": \"Suit\", \"symbols\": [\"HEARTS\", \"SPADES\"]}"));
        events.shelf.put("event.list", SchemaShelf.parse("{\"type\": \"array\", \"items\": \"int\"}"));
        events.shelf.put("event.text", SchemaShelf.parse("\"string\""));
        ByteBuffer two = ByteBuffer.wrap(new byte[] {1, 2});

        assertThat(roundTrip("event.bytes", new byte[] {1, 2})).isEqualTo(two);
        assertThat(roundTrip("event.bytes", two)).isEqualTo(two);
        assertThat(two.remaining()).as("the handler's buffer is not read empty").isEqualTo(2);
        assertThat(roundTrip("event.fixed", two.asReadOnlyBuffer())).isEqualTo(two);
        assertThat(roundTrip("event.enum", Suit.HEARTS)).isEqualTo("HEARTS");
        assertThat(roundTrip("event.enum", "SPADES")).isEqualTo("SPADES");
        assertThat(roundTrip("event.list", Collections.unmodifiableCollection(new ArrayList<>(List.of(1, 2)))))
                .isEqualTo(List.of(1, 2));
        assertThat(roundTrip("event.text", CharBuffer.wrap("abc"))).isEqualTo("abc");
        assertThat(roundTrip("event.text", Payload.of("event.other", "abc"))).isEqualTo("abc");
        assertFails("event.fixed", new byte[3]).hasMessageContaining("expected fixed Two of 2 bytes, found 3 bytes");
        assertFails("event.enum", Suit.CLUBS)
                .hasMessageContaining("expected enum Suit [HEARTS, SPADES], found Suit CLUBS");
        assertFails("event.text", null).hasMessageContaining("expected string, found null");
    }

    @Test
    void anOptionalIsWhatItHoldsOrNull() {
        events.put("event.x", """
                {"name": "a", "type": ["null", "int"]}, {"name": "b", "type": ["int", "null"]},
                {"name": "c", "type": {"type": "array", "items": ["null", "int"]}}""");

        assertThat(roundTrip(
                        "event.x",
                        Map.of(
                                "a", Optional.empty(),
                                "b", OptionalInt.of(1),
                                "c", List.of(Optional.of(1), Optional.empty()))))
                .isEqualTo(mapOf("a", null, "b", 1, "c", Arrays.asList(1, null)));
    }

    @Test
    void avrosOwnRecordsGoByFieldName() {
        RegisteredSchema schema = events.put("event.x", """
                {"name": "a", "type": "string"},
                {"name": "b", "type": {"type": "enum", "name": "E", "symbols": ["ONE", "TWO"]}},
                {"name": "c", "type": {"type": "fixed", "name": "F", "size": 1}}""");
        var payloadSchema = schema.schema().getField("payload").schema();
        Record payload = new Record(payloadSchema);
        payload.put("a", new Utf8("x"));
        payload.put("b", new GenericData.EnumSymbol(payloadSchema.getField("b").schema(), "TWO"));
        payload.put("c", new GenericData.Fixed(payloadSchema.getField("c").schema(), new byte[] {7}));

        assertThat(roundTrip("event.x", payload))
                .isEqualTo(Map.of("a", "x", "b", "TWO", "c", ByteBuffer.wrap(new byte[] {7})));
    }

    @Test
    void missingFieldsTakeTheirDefaults() {
        events.put("event.x", """
                {"name": "i", "type": "int", "default": 7}, {"name": "d", "type": "double", "default": 1},
                {"name": "n", "type": ["null", "string"], "default": null},
                {"name": "s", "type": ["string", "null"], "default": "x"},
                {"name": "b", "type": "bytes", "default": "\\u00ff"},
                {"name": "l", "type": {"type": "array", "items": "long"}, "default": [1, 2]},
                {"name": "r", "type": {"type": "record", "name": "R", "fields": [
                    {"name": "x", "type": "int"}, {"name": "y", "type": "int", "default": 2}]}, "default": {"x": 1}},
                {"name": "m", "type": {"type": "map", "values": ["null", "int"]}, "default": {"k": null}}""");

        Map<String, Object> expected = mapOf("i", 7, "d", 1.0, "n", null, "s", "x");
        expected.put("b", ByteBuffer.wrap(new byte[] {(byte) 0xff}));
        expected.put("l", List.of(1L, 2L));
        expected.put("r", Map.of("x", 1, "y", 2));
        expected.put("m", mapOf("k", null));
        assertThat(roundTrip("event.x", Map.of())).isEqualTo(expected);
    }

    @Test
    void aDefaultThatDoesNotFitItsTypeIsNullWhereNullFits() {
        events.put("event.x", """
                {"name": "a", "type": ["null", "int"], "default": "null"},
                {"name": "b", "type": ["null", "string"], "default": "null"},
                {"name": "c", "type": ["null", {"type": "record", "name": "C", "fields": []}], "default": "null"},
                {"name": "d", "type": ["null", {"type": "record", "name": "D", "fields": []}], "default": {"x": 1}},
                {"name": "e", "type": "int", "default": "zero"}""");

        assertThat(roundTrip("event.x", Map.of("e", 0)))
                .isEqualTo(mapOf("a", null, "b", null, "c", null, "d", null, "e", 0));
        assertFails("event.x", Map.of())
                .hasMessageContaining("payload.e: missing, and the schema's default does not fit its own type");
    }

    @Test
    void aDefaultThatIsTheTextNullIsTextWhereTextGoesFirst() {
        events.put("event.x", """
                {"name": "a", "type": ["string", "null"], "default": "null"}""");

        assertThat(roundTrip("event.x", Map.of())).isEqualTo(Map.of("a", "null"));
    }

    @Test
    void theBranchOfAUnionIsTheOneThatFits() {
        events.shelf.put("event.x", SchemaShelf.parse("""
                        [ "null", "boolean", "int", "long", "double", "string", "bytes",
                          {"type": "enum", "name": "E", "symbols": ["HEARTS"]},
                          {"type": "array", "items": "int"}, {"type": "map", "values": "int"},
                          {"type": "record", "name": "A", "fields": [{"name": "a", "type": "string"}]},
                          {"type": "record", "name": "B", "fields": [
                            {"name": "a", "type": "string"}, {"name": "b", "type": "int", "default": 0}]},
                          {"type": "record", "name": "C", "fields": [{"name": "a", "type": "boolean"}]} ]"""));

        assertThat(branchOf(null)).isZero();
        assertThat(branchOf(true)).isEqualTo(1);
        assertThat(branchOf(1)).isEqualTo(2);
        assertThat(branchOf(1L)).isEqualTo(3);
        assertThat(branchOf(1L << 40)).isEqualTo(3);
        assertThat(branchOf(1.5f)).isEqualTo(4);
        assertThat(branchOf("HEARTS")).isEqualTo(5);
        assertThat(branchOf(new byte[0])).isEqualTo(6);
        assertThat(branchOf(Suit.HEARTS)).isEqualTo(7);
        assertThat(branchOf(List.of(1))).isEqualTo(8);
        assertThat(branchOf(Map.of("z", 1))).isEqualTo(9);
        assertThat(branchOf(Map.of("a", "x"))).isEqualTo(10);
        assertThat(branchOf(Map.of("a", "x", "b", 1))).isEqualTo(11);
        assertThat(branchOf(Map.of("a", true))).isEqualTo(12);
        assertThat(branchOf(Suit.CLUBS)).as("as text").isEqualTo(5);
        assertFails("event.x", List.of().iterator())
                .hasMessageContaining(
                        "expected one of null, boolean, int, long, double, string, bytes, enum E [HEARTS],"
                                + " array of int, map of int, record A, record B, record C, found java.util.");
    }

    private int branchOf(Object value) {
        return events.encode("event.x", value)[5] / 2;
    }

    @Test
    void branchesThatDifferDeepInsideAreToldApart() {
        events.shelf.put("event.x", SchemaShelf.parse("""
                        [ {"type": "record", "name": "A", "fields": [{"name": "of", "type":
                            {"type": "record", "name": "AA", "fields": [{"name": "cat", "type": "int"}]}}]},
                          {"type": "record", "name": "B", "fields": [{"name": "of", "type":
                            {"type": "record", "name": "BB", "fields": [{"name": "dog", "type": "int"}]}}]} ]"""));

        assertThat(branchOf(Map.of("of", Map.of("cat", 1)))).isZero();
        assertThat(branchOf(Map.of("of", Map.of("dog", 1)))).isEqualTo(1);
    }

    @Test
    void anAvroRecordTakesTheBranchOfItsName() {
        var union = SchemaShelf.parse("""
                [ {"type": "record", "name": "A", "fields": [{"name": "a", "type": "int"}]},
                  {"type": "record", "name": "B", "fields": [{"name": "a", "type": "int"}]} ]""");
        events.shelf.put("event.x", union);
        Record second = new Record(union.getTypes().get(1));
        second.put("a", 1);

        assertThat(branchOf(second)).isEqualTo(1);
    }

    @Test
    void recursiveValuesAreWritten() {
        RegisteredSchema schema = events.shelf.put("event.list", Schemas.LINKED_LIST);

        byte[] frame = events.encode("event.list", mapOf("value", 1, "next", mapOf("value", 2, "next", null)));

        assertThat(Events.datum(schema, frame)).hasToString("{\"value\": 1, \"next\": {\"value\": 2, \"next\": null}}");
    }

    @Test
    void aValueThatHoldsItselfIsAnError() {
        events.shelf.put("event.list", Schemas.LINKED_LIST);
        Map<String, Object> loop = mapOf("value", 1);
        loop.put("next", loop);

        assertFails("event.list", loop).hasMessageContaining("nested deeper than 256 levels. Does it hold itself?");
    }

    @Test
    void anErrorNamesThePath() {
        events.put("event.order.placed", """
                {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                  {"name": "price", "type": "double"}]}}}""");
        List<Object> items = new ArrayList<>(Collections.nCopies(3, Map.of("price", 1.0)));
        items.add(Map.of("price", "12,50"));

        assertFails("event.order.placed", Map.of("items", items))
                .hasMessage("event.order.placed payload.items[3].price: expected double, found String \"12,50\""
                        + " (schema event.order.placed, id 100)");
    }

    @Test
    void aMisspeltFieldIsNamedWithTheNearest() {
        events.put("event.x", """
                {"name": "items", "type": "int"}, {"name": "price", "type": "int", "default": 0}""");

        assertFails("event.x", Map.of("itmes", 1))
                .hasMessageStartingWith(
                        "event.x payload.itmes: no such field in record event.Payload. Did you mean items?");
        assertFails("event.x", Map.of("items", 1, "colour", 2))
                .hasMessageStartingWith("event.x payload.colour: no such field in record event.Payload."
                        + " Its fields are items, price");
        assertFails("event.x", Map.of())
                .hasMessageStartingWith("event.x payload.items: missing, and the schema has no default for it");
    }

    @Test
    void aMapsKeysAreText() {
        events.put("event.x", """
                {"name": "m", "type": {"type": "map", "values": "int"}}""");

        assertThat(roundTrip("event.x", Map.of(new Utf8("m"), Map.of(new Utf8("k"), 1))))
                .isEqualTo(Map.of("m", Map.of("k", 1)));
        assertFails("event.x", Map.of(1, 2)).hasMessageContaining("expected text for a field's name, found Integer 1");
        assertFails("event.x", Map.of("m", Map.of(1, 2)))
                .hasMessageContaining("payload.m: expected text for a map's key, found Integer 1");
        assertFails("event.x", Map.of("m", Map.of("k", "v"))).hasMessageContaining("payload.m[\"k\"]: expected int");
        Map<String, Object> nullKey = mapOf("m", Map.of());
        nullKey.put(null, 1);
        assertFails("event.x", nullKey).hasMessageContaining("expected text for a field's name, found null");
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        events.shelf.put("event.x", SchemaShelf.parse("\"int\""));

        assertFails("event.x", "line\n" + "x".repeat(1_000))
                .hasMessageContaining("found String \"line?" + "x".repeat(35) + "...\"");
        assertFails("event.x", Map.of("password", "secret")).hasMessageContaining("found a map");
    }

    @Test
    void aMissingSubjectSaysWhereItWasLookedForAndWhatToDo() {
        assertFails("event.error.command.x", Map.of())
                .hasMessage("event.error.command.x: no schema under subject event.error at http://shelf."
                        + " Register it with migrate-schemas");
    }

    @Test
    void anOutageGoesThroughUntouched() {
        events.shelf.goDown();

        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> events.encode("event.x", 1));
    }

    @Test
    void aPayloadWhoseOwnCodeFailsIsAnErrorOfTheEvent() {
        events.put("event.x", """
                {"name": "a", "type": "int"}""");
        Map<String, Object> broken = new HashMap<>(Map.of("a", 1)) {
            private static final long serialVersionUID = 1L;

            @Override
            public Object get(Object key) {
                throw new IllegalStateException("the password is 1234");
            }
        };

        assertFails("event.x", broken)
                .hasMessage("event.x payload: reading it failed with java.lang.IllegalStateException");
    }

    private Object roundTrip(String name, Object payload) {
        return events.decode(name, events.encode(name, payload)).payload().value();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(String name, Object payload) {
        return assertThatThrownBy(() -> events.encode(name, payload)).isInstanceOf(TranscodeException.class);
    }

    private static Map<String, Object> mapOf(Object... namesAndValues) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
