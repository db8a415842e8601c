package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final UUID ID = UUID.fromString("0d7c8d2e-7d11-4e7c-9c59-5a2f1b0a7f11");
    private static final Instant WHEN = Instant.parse("2018-01-01T12:00:00.123456Z");

    private final Payload payload = Payload.of(
            "event.x",
            Map.of("text", "Ada", "int", 1, "long", 1L << 40, "double", 1.5, "flag", true, "big", new BigInteger("2")));

    @Test
    void readsFieldsAsWhatTheyAre() {
        assertThat(payload.text("text")).isEqualTo("Ada");
        assertThat(payload.integer("int")).isEqualTo(1);
        assertThat(payload.integer("long")).isEqualTo(1L << 40);
        assertThat(payload.integer("big")).isEqualTo(2);
        assertThat(payload.number("double")).isEqualTo(1.5);
        assertThat(payload.number("int")).isEqualTo(1.0);
        assertThat(payload.flag("flag")).isTrue();
        assertThat(payload.field("text")).contains("Ada");
        assertThat(payload.field("nothing")).isEmpty();
    }

    @Test
    void readsAnyNumberAsADecimalWithItsOwnDigits() {
        Payload numbers = of("a", new BigDecimal("12.50"), "b", 0.1, "c", 0.1f, "d", 7L, "e", BigInteger.TWO.pow(70));

        assertThat(numbers.decimal("a")).isEqualTo(new BigDecimal("12.50"));
        assertThat(numbers.decimal("b")).isEqualTo(new BigDecimal("0.1"));
        assertThat(numbers.decimal("c")).isEqualTo(new BigDecimal("0.1"));
        assertThat(numbers.decimal("d")).isEqualTo(new BigDecimal("7"));
        assertThat(numbers.decimal("e")).isEqualTo(new BigDecimal("1180591620717411303424"));
        assertThat(numbers.number("a")).isEqualTo(12.5);
    }

    @Test
    void readsBytesAsAViewOfItsOwn() {
        ByteBuffer sent = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Payload bytes = of("buffer", sent, "array", new byte[] {4});

        bytes.bytes("buffer").get();

        assertThat(bytes.bytes("buffer")).isEqualTo(sent).matches(ByteBuffer::isReadOnly);
        assertThat(bytes.bytes("array"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {4}))
                .matches(ByteBuffer::isReadOnly);
    }

    @Test
    void readsTimesAndUuidsAsThemselvesAndFromText() {
        LocalDate day = LocalDate.of(2018, 1, 2);
        Payload avro = of("id", ID, "when", WHEN, "day", day);
        Payload json = of("id", ID.toString(), "when", "2018-01-01T13:00:00.123456+01:00", "day", "2018-01-02");

        for (Payload one : List.of(avro, json)) {
            assertThat(one.uuid("id")).isEqualTo(ID);
            assertThat(one.instant("when")).isEqualTo(WHEN);
            assertThat(one.date("day")).isEqualTo(day);
        }
    }

    @Test
    void goesAlongPaths() {
        Payload nested = of(
                "a", Map.of("b", List.of(Map.of("c", "deep")), "x.y", Map.of("[0]", 1)),
                "matrix", List.of(List.of(1, 2), List.of(3, 4)),
                "q\"uo\\te", "quoted",
                "", "no name",
                "first name", "plain");

        assertThat(nested.text("a.b[0].c")).isEqualTo("deep");
        assertThat(nested.integer("a[\"x.y\"][\"[0]\"]")).isEqualTo(1);
        assertThat(nested.integer("matrix[1][0]")).isEqualTo(3);
        assertThat(nested.text("[\"q\\\"uo\\\\te\"]")).isEqualTo("quoted");
        assertThat(nested.text("[\"a\"].b[0][\"c\"]")).isEqualTo("deep");
        assertThat(nested.text("[\"\"]")).isEqualTo("no name");
        assertThat(nested.text("first name")).isEqualTo("plain");
        assertThat(nested.list("matrix[0]")).containsExactly(1, 2);
        assertThat(nested.map("a.b[0]")).containsExactly(Map.entry("c", "deep"));
        assertThat(nested.field("a.b[1].c")).isEmpty();
        assertThat(nested.field("a.b.c")).isEmpty();
    }

    @Test
    void theEmptyPathIsThePayloadItself() {
        assertThat(Payload.of("event.x", "Ada").text("")).isEqualTo("Ada");
        assertThat(Payload.of("event.x", List.of("a", "b")).text("[1]")).isEqualTo("b");
        assertThat(payload.field("")).contains(payload.value());
    }

    @Test
    void aTextThatIsNoPathIsTheCallersError() {
        assertThatThrownBy(() -> payload.text("a..b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No path of a payload: \"a..b\", expected a name at 2."
                        + " Paths are like a.b[0].c, or a[\"b.c\"] for a name with a dot");
        for (String wrong : List.of(
                ".", ".a", "a.", "a[", "a[]", "a[x]", "a[-1]", "a[0", "a[0]b", "a[\"b]", "a[\"b\"", "a[9999999999]")) {
            assertThatThrownBy(() -> payload.field(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void findsWhatMayBeMissing() {
        Payload some = of("name", "Ada", "nothing", null);

        assertThat(some.find("name", String.class)).contains("Ada");
        assertThat(some.find("nothing", String.class)).isEmpty();
        assertThat(some.find("a.b", String.class)).isEmpty();
        assertFails(
                () -> some.find("name", Integer.class), "event.x payload.name: expected Integer, found String \"Ada\"");
    }

    @Test
    void aFieldOfAnotherTypeIsAnErrorThatSaysSo() {
        Payload mixed = of(
                "t",
                "12,50",
                "i",
                7,
                "d",
                1.5,
                "f",
                true,
                "l",
                List.of(1, 2, 3),
                "m",
                Map.of("a", 1),
                "b",
                ByteBuffer.allocate(2));

        assertFails(() -> mixed.text("i"), "event.x payload.i: expected String, found Integer 7");
        assertFails(() -> mixed.integer("t"), "event.x payload.t: expected long, found String \"12,50\"");
        assertFails(() -> mixed.integer("d"), "event.x payload.d: expected long, found Double 1.5");
        assertFails(() -> mixed.number("t"), "event.x payload.t: expected double, found String \"12,50\"");
        assertFails(() -> mixed.decimal("t"), "event.x payload.t: expected BigDecimal, found String \"12,50\"");
        assertFails(() -> mixed.flag("t"), "event.x payload.t: expected boolean, found String \"12,50\"");
        assertFails(() -> mixed.bytes("l"), "event.x payload.l: expected ByteBuffer, found a list of 3");
        assertFails(() -> mixed.uuid("t"), "event.x payload.t: expected UUID, found String \"12,50\"");
        assertFails(() -> mixed.instant("i"), "event.x payload.i: expected Instant, found Integer 7");
        assertFails(() -> mixed.date("f"), "event.x payload.f: expected LocalDate, found Boolean true");
        assertFails(() -> mixed.list("m"), "event.x payload.m: expected list, found a record with the fields [a]");
        assertFails(() -> mixed.map("b"), "event.x payload.b: expected record, found 2 bytes");
    }

    @Test
    void anErrorDeepDownNamesThePathAndHoldsTheFacts() {
        Payload order = Payload.of("event.order.placed", Map.of("items", List.of(1, 2, 3, Map.of("price", "12,50"))));

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> order.number("items[3].price"))
                .withMessage("event.order.placed payload.items[3].price: expected double, found String \"12,50\"")
                .satisfies(e -> {
                    assertThat(e.event()).isEqualTo("event.order.placed");
                    assertThat(e.path()).isEqualTo("items[3].price");
                    assertThat(e.expected()).isEqualTo("double");
                    assertThat(e.found()).isEqualTo("String \"12,50\"");
                });
    }

    @Test
    void aMissingStepSaysHowFarThePathWentAndWhatIsThere() {
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("name", "Ada");
        customer.put("email", null);
        Payload order = of("customer", customer, "tags", List.of("a"));

        assertFails(
                () -> order.text("customer.address.city"),
                "event.x payload.customer.address.city: expected String, found nothing."
                        + " payload.customer is a record with the fields [name, email]");
        assertFails(
                () -> order.text("tags[1]"),
                "event.x payload.tags[1]: expected String, found nothing. payload.tags is a list of 1");
        assertFails(
                () -> order.text("customer.name.first"),
                "event.x payload.customer.name.first: expected String, found nothing."
                        + " payload.customer.name is String \"Ada\"");
        assertFails(() -> order.text("customer.email"), "event.x payload.customer.email: expected String, found null");
        assertFails(
                () -> order.text("customer.email.host"),
                "event.x payload.customer.email.host: expected String, found nothing. payload.customer.email is null");
        assertFails(
                () -> order.text("x"),
                "event.x payload.x: expected String, found nothing. payload is a record with the fields [customer, tags]");
        assertFails(
                () -> order.text("a[\"b.c\"]"),
                "event.x payload.a[\"b.c\"]: expected String, found nothing."
                        + " payload is a record with the fields [customer, tags]");
    }

    @Test
    void whatAMessageShowsIsCutAndEscaped() {
        Map<String, Object> wide = new LinkedHashMap<>();
        for (int i = 0; i < 25; i++) {
            wide.put("f" + i, i);
        }
        Payload hostile = of("long", "x".repeat(100), "lines", "a\"\n\u202e\ud800b", "wide", wide);

        assertFails(
                () -> hostile.flag("long"),
                "event.x payload.long: expected boolean, found String \"" + "x".repeat(40) + "...\"");
        assertFails(
                () -> hostile.flag("lines"),
                "event.x payload.lines: expected boolean, found String \"a\\\"\\u000a\\u202e\\ud800b\"");
        assertFails(
                () -> hostile.flag("wide"),
                "event.x payload.wide: expected boolean, found a record with the fields [f0, f1, f2, f3, f4, f5, f6, f7,"
                        + " f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, ... and 5 more]");
        assertFails(
                () -> Payload.of("event\n.x", 1).flag(""), "event\\u000a.x payload: expected boolean, found Integer 1");
    }

    @Test
    void aNumberOfManyDigitsIsNotPrinted() {
        assertFails(
                () -> of("n", BigInteger.ONE.shiftLeft(1_000_000)).flag("n"),
                "event.x payload.n: expected boolean, found BigInteger of 1000001 bits");
        assertFails(
                () -> of("n", new BigDecimal(BigInteger.ONE, -1_000_000_000)).flag("n"),
                "event.x payload.n: expected boolean, found BigDecimal 1E+1000000000");
    }

    @Test
    void aVeryLongPathKeepsItsEnd() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> payload.text("a.".repeat(1_000) + "end"))
                .satisfies(
                        e -> assertThat(e.path()).hasSize(303).startsWith("...").endsWith("a.end"));
    }

    @Test
    void anIntegerThatDoesNotFitALongIsAnError() {
        Payload big = of("n", BigInteger.ONE.shiftLeft(63), "d", new BigDecimal("1"), "nan", Double.NaN);

        assertFails(() -> big.integer("n"), "event.x payload.n: expected long, found BigInteger 9223372036854775808");
        assertFails(() -> big.integer("d"), "event.x payload.d: expected long, found BigDecimal 1");
        assertFails(() -> big.decimal("nan"), "event.x payload.nan: expected BigDecimal, found Double NaN");
    }

    @Test
    void aPayloadThatIsNoRecordHasAValueButNoFields() {
        Payload text = Payload.of("event.x", "Ada");

        assertThat(text.value()).isEqualTo("Ada");
        assertThat(text.field("a")).isEmpty();
        assertFails(
                () -> text.text("a"), "event.x payload.a: expected String, found nothing. payload is String \"Ada\"");
        assertFails(text::asMap, "event.x payload: expected record, found String \"Ada\"");
        assertFails(() -> Payload.of("event.x", null).asMap(), "event.x payload: expected record, found null");
    }

    @Test
    void whatWasNotReadAsAvroHasNoAvroForm() {
        assertFails(
                payload::avro,
                "event.x payload: expected Avro, found an event of another format."
                        + " Read it by field names, or as a record or class of your own");
    }

    @Test
    void mapsAndListsCannotBeChanged() {
        Payload nested = of("list", Arrays.asList(1, null), "map", new HashMap<>(Map.of("a", 1)));

        assertThat(nested.asMap()).hasSize(2);
        assertThat(nested.list("list")).containsExactly(1, null);
        for (ThrowingCallable change : List.<ThrowingCallable>of(
                () -> nested.asMap().clear(),
                () -> nested.list("list").clear(),
                () -> nested.map("map").clear())) {
            assertThatThrownBy(change).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void equalsByItsValueAndTellsNoneOfIt() {
        assertThat(payload).isEqualTo(Payload.of("event.y", payload.value())).hasSameHashCodeAs(payload.value());
        assertThat(payload).hasToString("payload of event.x");
    }

    private static Payload of(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Payload.of("event.x", Collections.unmodifiableMap(fields));
    }

    private static void assertFails(ThrowingCallable read, String message) {
        assertThatExceptionOfType(PayloadException.class).isThrownBy(read).withMessage(message);
    }
}
