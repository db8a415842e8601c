package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.util.TimePeriod;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PayloadBindingTest {

    private static final UUID ID = UUID.fromString("0d7c8d2e-7d11-4e7c-9c59-5a2f1b0a7f11");
    private static final Instant WHEN = Instant.parse("2018-01-01T12:00:00.123456Z");

    record Item(String name, double price) {}

    record Order(String id, List<Item> items, Map<String, Integer> counts, Optional<String> note) {}

    record Numbers(int i, long l, double d, float f, BigInteger big, BigDecimal decimal) {}

    record Name(String firstName, String line1, Boolean isURLSafe) {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime local,
            UUID id,
            Duration duration,
            Year year) {}

    record Zones(OffsetDateTime offset, ZonedDateTime zoned) {}

    record Bytes(byte[] array, ByteBuffer buffer) {}

    enum Size {
        S,
        M
    }

    record Shirt(Size size) {}

    record Maybe(Optional<String> text, Optional<Item> item, OptionalInt number, Optional<Instant> when) {}

    record Tree(String name, List<Tree> children) {}

    record Positive(int n) {
        Positive {
            if (n <= 0) {
                throw new IllegalArgumentException("n must be positive");
            }
        }
    }

    record One<T>(T value) {}

    record Of(Object text, Integer integer, Boolean flag, String string, char letter) {}

    @Test
    void bindsRecordsWithListsAndMapsOfRecords() {
        Payload payload = of(
                "id", "o1",
                "items", List.of(Map.of("name", "tea", "price", 1.5), Map.of("name", "cup", "price", 2)),
                "counts", Map.of("a.b", 1));

        assertThat(payload.as(Order.class))
                .isEqualTo(new Order(
                        "o1", List.of(new Item("tea", 1.5), new Item("cup", 2)), Map.of("a.b", 1), Optional.empty()));
    }

    @Test
    void bindsAPartAndAList() {
        Payload payload = of("order", Map.of("items", List.of(Map.of("name", "tea", "price", 1.5))));

        assertThat(payload.as("order.items[0]", Item.class)).isEqualTo(new Item("tea", 1.5));
        assertThat(payload.list("order.items", Item.class)).containsExactly(new Item("tea", 1.5));
        assertThat(payload.find("order.items[1]", Item.class)).isEmpty();
        assertThat(payload.as("order.items[0].price", double.class)).isEqualTo(1.5);
        assertThatThrownBy(() -> payload.list("order.items", Item.class).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void bindsClassesWithSettersAndFields() {
        Customer customer = of("first_name", "Ada", "age", 36, "vip", true, "e-mail", "a@b.c")
                .as(Customer.class);

        assertThat(customer.firstName).isEqualTo("Ada");
        assertThat(customer.age).isEqualTo(36);
        assertThat(customer.vip).isTrue();
        assertThat(customer.mail).isEqualTo("a@b.c");
    }

    public static final class Customer {
        private String firstName;
        private boolean vip;
        public int age;

        @JsonProperty("e-mail")
        private String mail;

        public void setFirstName(String firstName) {
            this.firstName = firstName;
        }

        public void setVip(boolean vip) {
            this.vip = vip;
        }
    }

    @Test
    void fieldsThatTheTypeDoesNotHaveAreIgnored() {
        assertThat(of("name", "tea", "price", 1.5, "new", Map.of("a", List.of(1)))
                        .as(Item.class))
                .isEqualTo(new Item("tea", 1.5));
    }

    @Test
    void snakeCaseFieldsMatchCamelCaseComponents() {
        Name expected = new Name("Ada", "Main St", true);

        assertThat(of("first_name", "Ada", "line_1", "Main St", "is_urlsafe", true)
                        .as(Name.class))
                .isEqualTo(expected);
        assertThat(of("first_name", "Ada", "line1", "Main St", "isURLSafe", true)
                        .as(Name.class))
                .isEqualTo(expected);
    }

    @Test
    void anExactNameGoesFirst() {
        assertThat(of("first_name", "snake", "firstName", "exact").as(Name.class))
                .isEqualTo(new Name("exact", null, null));
        assertThat(of("firstName", "exact", "first_name", "snake").as(Name.class))
                .isEqualTo(new Name("exact", null, null));
        assertThat(of("first_name", "snake", "firstName", "exact").as(First.class))
                .isEqualTo(new First("exact"));
        assertThat(of("firstName", "exact", "first_name", "snake").as(First.class))
                .isEqualTo(new First("exact"));
        assertThat(of("firstName", "exact", "first_name", "snake").as(PublicField.class).firstName)
                .isEqualTo("exact");
    }

    @Test
    void aMapTakesBothNames() {
        Map<String, Object> both = Map.of("firstName", "exact", "first_name", "snake");

        assertThat((Object) of("value", both).as("value", Map.class)).isEqualTo(both);
    }

    @Test
    void namesThatAreThereTwiceAtEachLevelDoNotDoubleTheWork() {
        Object value = "end";
        for (int i = 0; i < 200; i++) {
            value = Map.of("firstName", value, "first_name", 0);
        }
        Payload payload = of("value", value);

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> payload.as(One.class))
                .withMessageEndingWith(". More than 10000 values stand there by two names");
    }

    record First(String firstName) {}

    static final class PublicField {
        public String firstName;
    }

    record Both(String firstName, String first_name) {}

    @Test
    void aFieldThatIsAComponentOfItsOwnGoesThere() {
        assertThat(of("first_name", "snake", "firstName", "exact").as(Both.class))
                .isEqualTo(new Both("exact", "snake"));
    }

    record Decimal(BigDecimal decimal) {}

    @Test
    void numbersOfAnySizeKeepTheirDigits() {
        BigDecimal decimal = new BigDecimal("12345678901234567890.1200");

        assertThat(of("i", 1L, "l", 1, "d", 2, "f", 0.5, "big", 7, "decimal", decimal)
                        .as(Numbers.class))
                .isEqualTo(new Numbers(1, 1, 2, 0.5f, BigInteger.valueOf(7), decimal));
        assertThat(of("value", 0.1).as("value", BigDecimal.class)).isEqualTo(new BigDecimal("0.1"));
        assertThat(of("value", 0.1f).as("value", BigDecimal.class)).isEqualTo(new BigDecimal("0.1"));
        assertFails(
                () -> of("decimal", Double.NaN).as(Decimal.class),
                "event.x payload.decimal: expected BigDecimal, found Double NaN");
        assertThat(of("value", decimal).as(One.class)).isEqualTo(new One<>(decimal));
        assertThat(of("value", decimal).as(JsonNode.class).get("value").decimalValue())
                .isEqualTo(decimal);
    }

    @Test
    void timesAndUuidsComeThroughAsTheyAre() {
        Times expected = new Times(
                WHEN,
                LocalDate.of(2018, 1, 2),
                LocalTime.of(1, 2, 3, 4_000),
                LocalDateTime.of(2018, 1, 2, 3, 4, 5, 6_000),
                ID,
                Duration.ofMillis(1500),
                Year.of(2018));
        Payload avro = of(
                "instant", WHEN,
                "date", expected.date,
                "time", expected.time,
                "local", expected.local,
                "id", ID,
                "duration", expected.duration,
                "year", "2018");
        Payload json = of(
                "instant", "2018-01-01T12:00:00.123456Z",
                "date", "2018-01-02",
                "time", "01:02:03.000004",
                "local", "2018-01-02T03:04:05.000006",
                "id", ID.toString(),
                "duration", "PT1.5S",
                "year", "2018");

        assertThat(avro.as(Times.class)).isEqualTo(expected);
        assertThat(json.as(Times.class)).isEqualTo(expected);
    }

    @Test
    void aPointInTimeIsOneOfAZoneToo() {
        OffsetDateTime utc = WHEN.atOffset(ZoneOffset.UTC);

        assertThat(of("offset", WHEN, "zoned", WHEN).as(Zones.class))
                .isEqualTo(new Zones(utc, WHEN.atZone(ZoneOffset.UTC)));
        assertThat(of("offset", "2018-01-01T13:00:00+01:00").as(Zones.class).offset)
                .isEqualTo(OffsetDateTime.parse("2018-01-01T13:00:00+01:00"));
    }

    record Spans(TimePeriod all, Duration time, Period days) {}

    @Test
    void avrosDurationIsWhatCanHoldIt() {
        TimePeriod all = TimePeriod.of(1, 2, 3);

        assertThat(of("all", all, "time", TimePeriod.of(0, 0, 1500), "days", TimePeriod.of(1, 2, 0))
                        .as(Spans.class))
                .isEqualTo(new Spans(all, Duration.ofMillis(1500), Period.of(0, 1, 2)));
        assertFails(
                () -> of("time", TimePeriod.of(0, 1, 0)).as(Spans.class),
                "event.x payload.time: expected Duration, found TimePeriod " + TimePeriod.of(0, 1, 0));
        assertFails(
                () -> of("days", all).as(Spans.class),
                "event.x payload.days: expected Period, found TimePeriod " + all);
    }

    @Test
    void bytesAreAnArrayOrABuffer() {
        ByteBuffer sent = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);
        Payload payload = of("array", sent, "buffer", sent);

        for (int i = 0; i < 2; i++) {
            Bytes bytes = payload.as(Bytes.class);
            assertThat(bytes.array).containsExactly(1, 2);
            assertThat(bytes.buffer.get()).isEqualTo((byte) 1);
        }
        assertThat(sent.position()).isEqualTo(1);
    }

    @Test
    void enumsComeFromTheirNames() {
        assertThat(of("size", "M").as(Shirt.class)).isEqualTo(new Shirt(Size.M));
        assertFails(
                () -> of("size", "XL").as(Shirt.class),
                "event.x payload.size: expected one of [S, M], found String \"XL\"");
        assertFails(
                () -> of("size", 1).as(Shirt.class), "event.x payload.size: expected one of [S, M], found Integer 1");
        assertFails(
                () -> of("size", "").as(Shirt.class),
                "event.x payload.size: expected one of [S, M], found String \"\"");
    }

    @Test
    void optionalComponentsAreEmptyWhenMissingOrNull() {
        Maybe none = new Maybe(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty());

        assertThat(of().as(Maybe.class)).isEqualTo(none);
        assertThat(of("text", null, "item", null, "number", null, "when", null).as(Maybe.class))
                .isEqualTo(none);
        assertThat(of("text", "a", "item", Map.of("name", "tea", "price", 1), "number", 2, "when", WHEN)
                        .as(Maybe.class))
                .isEqualTo(new Maybe(
                        Optional.of("a"), Optional.of(new Item("tea", 1)), OptionalInt.of(2), Optional.of(WHEN)));
    }

    @Test
    void anythingFitsAnObjectAndAMap() {
        Map<String, Object> fields = Map.of("when", WHEN, "id", ID, "n", 1L, "items", List.of("a"));

        assertThat(of("value", fields).as(One.class)).isEqualTo(new One<>(fields));
        assertThat((Object) of("value", fields).as("value", Map.class)).isEqualTo(fields);
    }

    @Test
    void anErrorNamesThePathInThePayload() {
        Payload order = Payload.of(
                "event.order.placed", Map.of("items", Collections.nCopies(4, Map.of("name", "tea", "price", "12,50"))));
        Payload fourth = Payload.of(
                "event.order.placed",
                Map.of(
                        "items",
                        List.of(
                                Map.of("price", 1),
                                Map.of("price", 2),
                                Map.of("price", 3),
                                Map.of("name", "tea", "price", "12,50"))));

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> fourth.as(Order.class))
                .withMessage("event.order.placed payload.items[3].price: expected double, found String \"12,50\"")
                .satisfies(e -> {
                    assertThat(e.event()).isEqualTo("event.order.placed");
                    assertThat(e.path()).isEqualTo("items[3].price");
                    assertThat(e.expected()).isEqualTo("double");
                    assertThat(e.found()).isEqualTo("String \"12,50\"");
                });
        assertFails(
                () -> order.list("items", Item.class),
                "event.order.placed payload.items[0].price: expected double, found String \"12,50\"");
        assertFails(
                () -> order.as("items[2]", Item.class),
                "event.order.placed payload.items[2].price: expected double, found String \"12,50\"");
        assertFails(
                () -> of("counts", Map.of("a.b", "x")).as(Order.class),
                "event.x payload.counts[\"a.b\"]: expected Integer, found String \"x\"");
        assertFails(
                () -> of("item", Map.of("price", "x")).as(Maybe.class),
                "event.x payload.item.price: expected double, found String \"x\"");
    }

    @Test
    void anErrorNamesTheFieldAsThePayloadDoes() {
        assertFails(
                () -> of("first_name", 1).as(Name.class),
                "event.x payload.first_name: expected String, found Integer 1");
        assertFails(
                () -> of("is_urlsafe", "yes").as(Name.class),
                "event.x payload.is_urlsafe: expected Boolean, found String \"yes\"");
    }

    @Test
    void aMissingPrimitiveIsAnError() {
        assertFails(
                () -> of("name", "tea").as(Item.class),
                "event.x payload.price: expected double, found nothing. payload is a record with the fields [name]");
        assertFails(
                () -> of("name", "tea", "price", null).as(Item.class),
                "event.x payload.price: expected double, found null");
        assertFails(
                () -> of("items", List.of(Map.of())).as(Order.class),
                "event.x payload.items[0].price: expected double, found nothing."
                        + " payload.items[0] is a record with the fields []");
    }

    @Test
    void nothingIsConvertedThatWouldChange() {
        assertFails(() -> of("i", 1.5).as(Numbers.class), "event.x payload.i: expected int, found Double 1.5");
        assertFails(() -> of("i", "1").as(Numbers.class), "event.x payload.i: expected int, found String \"1\"");
        assertFails(() -> of("i", "").as(Numbers.class), "event.x payload.i: expected int, found String \"\"");
        assertFails(
                () -> of("i", 1L << 40).as(Numbers.class), "event.x payload.i: expected int, found Long 1099511627776");
        assertFails(() -> of("i", true).as(Numbers.class), "event.x payload.i: expected int, found Boolean true");
        assertFails(
                () -> of("i", 1, "l", BigInteger.ONE.shiftLeft(64)).as(Numbers.class),
                "event.x payload.l: expected long, found BigInteger 18446744073709551616");
        assertFails(
                () -> of("decimal", "1.5").as("decimal", BigDecimal.class),
                "event.x payload.decimal: expected BigDecimal, found String \"1.5\"");
        assertFails(
                () -> of("integer", "").as(Of.class), "event.x payload.integer: expected Integer, found String \"\"");
        assertFails(() -> of("flag", 1).as(Of.class), "event.x payload.flag: expected Boolean, found Integer 1");
        assertFails(
                () -> of("flag", "true").as(Of.class), "event.x payload.flag: expected Boolean, found String \"true\"");
        assertFails(
                () -> of("string", true).as(Of.class), "event.x payload.string: expected String, found Boolean true");
        assertFails(() -> of("string", 1.5).as(Of.class), "event.x payload.string: expected String, found Double 1.5");
        assertFails(() -> of("string", ID).as(Of.class), "event.x payload.string: expected String, found UUID " + ID);
        assertFails(
                () -> of("string", Map.of("a", 1)).as(Of.class),
                "event.x payload.string: expected String, found a record with the fields [a]");
        assertFails(
                () -> of("instant", 1).as(Times.class), "event.x payload.instant: expected Instant, found Integer 1");
        assertFails(() -> of("date", 1).as(Times.class), "event.x payload.date: expected LocalDate, found Integer 1");
        assertFails(
                () -> of("date", "").as(Times.class), "event.x payload.date: expected LocalDate, found String \"\"");
        assertFails(
                () -> of("date", WHEN).as(Times.class),
                "event.x payload.date: expected LocalDate, found Instant 2018-01-01T12:00:00.123456Z");
        assertFails(() -> of("id", "").as(Times.class), "event.x payload.id: expected UUID, found String \"\"");
        assertFails(
                () -> of("id", "1-1-1-1-1").as(Times.class),
                "event.x payload.id: expected UUID, found String \"1-1-1-1-1\"");
        assertFails(
                () -> of("array", "AAAA").as(Bytes.class),
                "event.x payload.array: expected byte[], found String \"AAAA\"");
        assertFails(() -> of("items", "").as(Order.class), "event.x payload.items: expected list, found String \"\"");
        assertFails(
                () -> of("items", Map.of()).as(Order.class),
                "event.x payload.items: expected list, found a record with the fields []");
        assertFails(
                () -> of("counts", List.of()).as(Order.class),
                "event.x payload.counts: expected record, found a list of 0");
        assertFails(
                () -> of("year", 2018.5).as(Times.class), "event.x payload.year: expected Year, found Double 2018.5");
    }

    record Narrow(byte b, Byte boxed, float f, Float boxedFloat, double d, CharSequence text) {}

    record Arrays(double[] doubles, int[][] ints) {}

    @Test
    void aNumberThatItsTypeCannotHoldBecomesNoOther() {
        assertThat(of("b", -128, "boxed", 127L, "f", 0.1, "boxedFloat", 1, "d", 1L << 60, "text", "x")
                        .as(Narrow.class))
                .isEqualTo(new Narrow((byte) -128, (byte) 127, 0.1f, 1f, 0x1p60, "x"));
        assertThat(of("d", Double.POSITIVE_INFINITY).as("d", Double.class)).isInfinite();
        assertThat(of("d", Double.NaN).as("d", Float.class)).isNaN();
        assertFails(() -> of("b", 200).as(Narrow.class), "event.x payload.b: expected byte, found Integer 200");
        assertFails(
                () -> of("b", 1, "boxed", 128).as(Narrow.class),
                "event.x payload.boxed: expected Byte, found Integer 128");
        assertFails(
                () -> of("b", 1, "f", 1e300).as(Narrow.class),
                "event.x payload.f: expected float, found Double 1.0E300");
        assertFails(() -> of("b", 1, "f", null).as(Narrow.class), "event.x payload.f: expected float, found null");
        BigDecimal huge = new BigDecimal("1e400");
        assertFails(
                () -> of("d", huge).as("d", double.class),
                "event.x payload.d: expected double, found BigDecimal 1E+400");
        assertFails(() -> of("d", huge).number("d"), "event.x payload.d: expected double, found BigDecimal 1E+400");
        assertFails(
                () -> of("d", "NaN").as("d", double.class), "event.x payload.d: expected double, found String \"NaN\"");
        assertFails(
                () -> of("text", 1).as("text", CharSequence.class),
                "event.x payload.text: expected CharSequence, found Integer 1");
    }

    @Test
    void anErrorInAnArrayNamesTheItemsType() {
        assertFails(
                () -> of("doubles", List.of(1, "1.5")).as(Arrays.class),
                "event.x payload.doubles[1]: expected double, found String \"1.5\"");
        assertFails(
                () -> of("ints", List.of(List.of(1), List.of(1, 1.5))).as(Arrays.class),
                "event.x payload.ints[1][1]: expected int, found Double 1.5");
        assertFails(
                () -> of("ints", List.of("x")).as(Arrays.class),
                "event.x payload.ints[0]: expected list, found String \"x\"");
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // Older classes have it.
    void anOldDateIsAPointInTimeAndNoNumber() {
        assertThat(of("at", WHEN).as("at", Date.class)).isEqualTo(Date.from(WHEN));
        assertThat(of("at", WHEN.toString()).as("at", Date.class)).isEqualTo(Date.from(WHEN));
        assertFails(() -> of("at", 1234L).as("at", Date.class), "event.x payload.at: expected Date, found Long 1234");
    }

    @Test
    void whatJacksonSaysOfAValueIsNotQuoted() {
        assertFails(
                () -> of("year", "y".repeat(100)).as(Times.class),
                "event.x payload.year: expected Year, found String \"" + "y".repeat(40) + "...\"");
    }

    @Test
    void aPayloadOfAnotherKindIsAnErrorOfTheWhole() {
        assertFails(
                () -> Payload.of("event.x", "Ada").as(Item.class),
                "event.x payload: expected Item, found String \"Ada\"");
        assertFails(
                () -> Payload.of("event.x", List.of(1)).as(Item.class),
                "event.x payload: expected Item, found a list of 1");
        assertFails(() -> Payload.of("event.x", null).as(Item.class), "event.x payload: expected Item, found null");
        assertFails(
                () -> of("a", 1).as("b.c", Size.class),
                "event.x payload.b.c: expected one of [S, M], found nothing."
                        + " payload is a record with the fields [a]");
    }

    @Test
    void whatATypeRefusesItselfIsTold() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> of("value", 1).as("", Positive.class))
                .withMessageContaining("payload.n: expected int, found nothing");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> of("n", -1).as(Positive.class))
                .withMessage("event.x payload: expected Positive, found a record with the fields [n], refused by"
                        + " java.lang.IllegalArgumentException: n must be positive")
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> of("size", -1).as(Refusing.class))
                .withMessage("event.x payload.size: expected another value, found Integer -1, refused by"
                        + " java.lang.IllegalStateException: too small");
    }

    static final class Refusing {
        public void setSize(int size) {
            if (size < 0) {
                throw new IllegalStateException("too small");
            }
        }
    }

    @Test
    void aTypeThatNothingCanBeBoundToIsToldSo() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> of("a", 1).as(Runnable.class))
                .withMessageStartingWith("event.x payload: expected Runnable, found a record with the fields [a]."
                        + " Nothing can be bound to this type: ");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Box.class, name = "box")
    })
    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Box(double width, double height) implements Shape {}

    record Drawing(List<Shape> shapes) {}

    @Test
    void subtypesAreToldApartByTheirAnnotations() {
        assertThat(of(
                                "shapes",
                                List.of(
                                        Map.of("type", "circle", "radius", 1),
                                        Map.of("type", "box", "width", 1, "height", 2)))
                        .as(Drawing.class))
                .isEqualTo(new Drawing(List.of(new Circle(1), new Box(1, 2))));
        assertFails(
                () -> of("shapes", List.of(new LinkedHashMap<>(Map.of("type", "blob"))))
                        .as(Drawing.class),
                "event.x payload.shapes[0]: expected Shape, found a record with the fields [type]."
                        + " No subtype has the name String \"blob\"");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "class")
    interface ByClassName {}

    record Loaded(int n) implements ByClassName {}

    record Reflective(Class<?> type) {}

    @Test
    void noEventSaysWhichClassIsLoaded() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> of("class", Loaded.class.getName(), "n", 1).as(ByClassName.class))
                .withMessageContaining("expected ByClassName");
        assertFails(
                () -> of("type", "java.lang.Runtime").as(Reflective.class),
                "event.x payload.type: expected Class, found String \"java.lang.Runtime\"");
    }

    @Test
    void whatIsNestedTooDeepIsAnErrorAndNoOverflow() {
        assertThat(tree(120).as(Tree.class).name).isEqualTo("leaf");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> tree(10_000).as(Tree.class))
                .withMessage("event.x payload: expected Tree, found a record with the fields [name, children]."
                        + " It is nested deeper than 256 levels");
    }

    private static Payload tree(int depth) {
        List<Object> children = List.of();
        for (int i = 0; i < depth; i++) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", "leaf");
            node.put("children", children);
            children = List.of(node);
        }
        return of("name", "leaf", "children", children);
    }

    @Test
    void aListMayHoldNulls() {
        List<Object> items = new ArrayList<>(List.of("a"));
        items.add(null);

        assertThat(of("items", items).list("items", String.class)).containsExactly("a", null);
        assertThat((Object) of("items", List.of("a", "a")).as("items", Set.class))
                .isEqualTo(Set.of("a"));
    }

    private static Payload of(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Payload.of("event.x", fields);
    }

    private static void assertFails(ThrowingCallable read, String message) {
        assertThatExceptionOfType(PayloadException.class).isThrownBy(read).withMessage(message);
    }
}
