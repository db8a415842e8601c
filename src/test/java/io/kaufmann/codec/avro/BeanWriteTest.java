package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Java records and POJOs as payloads, and anywhere within one. */
class BeanWriteTest {

    private final Events events = new Events();

    enum State {
        OPEN,
        @JsonProperty("closed")
        SHUT
    }

    record Item(String sku, int count) {}

    record Order(String id, List<Item> items, Map<String, Item> byName, Optional<String> note, State state) {}

    @Test
    void aJavaRecordIsWrittenWithAllThatItHolds() {
        events.put("event.x", """
                {"name": "id", "type": "string"},
                {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                  {"name": "sku", "type": "string"}, {"name": "count", "type": "long"}]}}},
                {"name": "by_name", "type": {"type": "map", "values": "event.Item"}},
                {"name": "note", "type": ["null", "string"]},
                {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "closed"]}}""");
        Item item = new Item("a", 2);

        Object read = roundTrip(
                "event.x", new Order("o1", List.of(item), Map.of("first", item), Optional.of("soon"), State.SHUT));

        Map<String, Object> expected = Map.of("sku", "a", "count", 2L);
        assertThat(read)
                .isEqualTo(Map.of(
                        "id",
                        "o1",
                        "items",
                        List.of(expected),
                        "by_name",
                        Map.of("first", expected),
                        "note",
                        "soon",
                        "state",
                        "closed"));
    }

    @Test
    void aRecordStandsAnywhereInAMap() {
        events.put("event.x", """
                {"name": "m", "type": {"type": "map", "values": {"type": "array", "items":
                  {"type": "record", "name": "Item", "fields": [
                    {"name": "sku", "type": "string"}, {"name": "count", "type": ["null", "int"]}]}}}}""");

        assertThat(roundTrip(
                        "event.x", Map.of("m", Map.of("k", List.of(new Item("a", 1), Map.of("sku", "b", "count", 2))))))
                .isEqualTo(Map.of(
                        "m", Map.of("k", List.of(Map.of("sku", "a", "count", 1), Map.of("sku", "b", "count", 2)))));
    }

    static class Person {

        public final int age = 7;
        private final String name = "Ada";

        public String getFirstName() {
            return name;
        }

        public boolean isActive() {
            return true;
        }

        @JsonProperty("surname")
        private String last() {
            return "Lovelace";
        }

        @JsonIgnore
        public String getPassword() {
            return "secret";
        }
    }

    @Test
    void aPojoGoesByWhatJacksonFindsInIt() {
        events.put("event.x", """
                {"name": "age", "type": "int"}, {"name": "first_name", "type": "string"},
                {"name": "active", "type": "boolean"}, {"name": "surname", "type": "string"}""");

        assertThat(roundTrip("event.x", new Person()))
                .isEqualTo(Map.of("age", 7, "first_name", "Ada", "active", true, "surname", "Lovelace"));
    }

    @JsonIgnoreProperties("cached")
    record Named(String firstName, String first_name, int cached) {}

    @Test
    void theExactNameComesBeforeTheSnakeCaseOne() {
        events.put("event.both", """
                {"name": "first_name", "type": "string"}, {"name": "firstName", "type": "string"}""");
        events.put("event.snake", """
                {"name": "first_name", "type": "string"}""");

        assertThat(roundTrip("event.both", new Named("camel", "snake", 1)))
                .isEqualTo(Map.of("firstName", "camel", "first_name", "snake"));
        assertFails("event.snake", new Named("camel", "snake", 1))
                .hasMessageContaining(
                        "payload.firstName: no such field in record event.Payload. Did you mean first_name?");
    }

    record Address(String line1, String line2) {}

    @Test
    void aDigitMayStandApartInSnakeCase() {
        events.put("event.x", """
                {"name": "line1", "type": "string"}, {"name": "line_2", "type": "string"}""");

        assertThat(roundTrip("event.x", new Address("a", "b"))).isEqualTo(Map.of("line1", "a", "line_2", "b"));
    }

    record Wider(String name, String colour) {}

    @Test
    void aPropertyThatTheSchemaDoesNotKnowIsAnErrorEvenWhenItIsNull() {
        events.put("event.x", """
                {"name": "name", "type": "string"}, {"name": "age", "type": "int", "default": 0}""");

        assertFails("event.x", new Wider("x", null))
                .hasMessageContaining(
                        "event.x payload.colour: no such field in record event.Payload. Its fields are name, age."
                                + " Or mark it @JsonIgnore in " + Wider.class.getName());
    }

    record Sparse(@JsonInclude(JsonInclude.Include.NON_NULL) Integer times, Integer other) {}

    @Test
    void aNullIsWrittenUnlessTheClassLeavesItOut() {
        events.put("event.x", """
                {"name": "times", "type": "int", "default": 3}, {"name": "other", "type": "int", "default": 4}""");

        assertThat(roundTrip("event.x", new Sparse(null, 1))).isEqualTo(Map.of("times", 3, "other", 1));
        assertFails("event.x", new Sparse(1, null)).hasMessageContaining("payload.other: expected int, found null");
    }

    @Test
    void aFieldWithoutPropertyTakesItsDefaultOrIsNamed() {
        events.put("event.x", """
                {"name": "sku", "type": "string"}, {"name": "count", "type": "int"},
                {"name": "price", "type": "double", "default": 1.5}""");
        events.put("event.y", """
                {"name": "sku", "type": "string"}, {"name": "count", "type": "int"}, {"name": "price", "type": "double"}""");

        assertThat(roundTrip("event.x", new Item("a", 1))).isEqualTo(Map.of("sku", "a", "count", 1, "price", 1.5));
        assertFails("event.y", new Item("a", 1))
                .hasMessageContaining("payload.price: missing, and the schema has no default for it: expected double");
    }

    @Test
    void anErrorNamesThePathThroughRecords() {
        events.put("event.order.placed", """
                {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                  {"name": "sku", "type": "int"}, {"name": "count", "type": "int"}]}}}""");
        List<Item> items = List.of(new Item("12,50", 1));

        assertFails("event.order.placed", Map.of("items", items))
                .hasMessageStartingWith(
                        "event.order.placed payload.items[0].sku: expected int, found String \"12,50\"");
    }

    record Cat(String name) {}

    record Dog(String name) {}

    record Bird(String name, int wings) {}

    @Test
    void ofAUnionItIsTheBranchOfTheClassElseTheOneWhoseFieldsFit() {
        events.shelf.put("event.x", SchemaShelf.parse("""
                [ "null", {"type": "record", "name": "a.Cat", "fields": [{"name": "name", "type": "string"}]},
                  {"type": "record", "name": "b.Dog", "fields": [
                    {"name": "name", "type": "string"}, {"name": "age", "type": "int", "default": 0}]},
                  {"type": "record", "name": "b.Flyer", "fields": [
                    {"name": "name", "type": "string"}, {"name": "wings", "type": "int"}]} ]"""));

        assertThat(events.encode("event.x", new Cat("x"))[5] / 2).isEqualTo(1);
        assertThat(events.encode("event.x", new Dog("x"))[5] / 2).isEqualTo(2);
        assertThat(events.encode("event.x", new Bird("x", 2))[5] / 2).isEqualTo(3);
        assertFails("event.x", State.OPEN)
                .hasMessageContaining(
                        "expected one of null, record a.Cat, record b.Dog, record b.Flyer, found State OPEN");
    }

    record Money(@JsonValue String text) {}

    @Test
    void aValueClassIsTheValueThatItHolds() {
        events.put("event.x", """
                {"name": "price", "type": "string"}, {"name": "other", "type": ["null", "string"]}""");
        events.shelf.put("event.y", SchemaShelf.parse("\"string\""));

        assertThat(roundTrip("event.x", Map.of("price", new Money("1 EUR"), "other", Optional.of(new Money("2 EUR")))))
                .isEqualTo(Map.of("price", "1 EUR", "other", "2 EUR"));
        assertThat(roundTrip("event.y", new Money("3 EUR"))).isEqualTo("3 EUR");
    }

    record Arrays_(
            int[] ints, double[] doubles, String[] texts, byte[] bytes, Set<Long> set, char letter, OptionalLong n) {}

    @Test
    void arraysAndCollectionsOfAllKindsAreArrays() {
        events.put("event.x", """
                {"name": "ints", "type": {"type": "array", "items": "int"}},
                {"name": "doubles", "type": {"type": "array", "items": "double"}},
                {"name": "texts", "type": {"type": "array", "items": ["null", "string"]}},
                {"name": "bytes", "type": "bytes"}, {"name": "set", "type": {"type": "array", "items": "long"}},
                {"name": "letter", "type": "string"}, {"name": "n", "type": ["null", "long"]}""");

        Map<?, ?> read = (Map<?, ?>) roundTrip(
                "event.x",
                new Arrays_(
                        new int[] {1, 2},
                        new double[] {0.5},
                        new String[] {"a", null},
                        new byte[] {1},
                        new TreeSet<>(Set.of(1L, 2L)),
                        'x',
                        OptionalLong.empty()));

        assertThat(read.get("ints")).isEqualTo(List.of(1, 2));
        assertThat(read.get("doubles")).isEqualTo(List.of(0.5));
        assertThat(read.get("texts")).isEqualTo(Arrays.asList("a", null));
        assertThat(read.get("set")).isEqualTo(List.of(1L, 2L));
        assertThat(read.get("letter")).isEqualTo("x");
        assertThat(read.get("n")).isNull();
    }

    @Test
    void whatCanBeReadOnlyOnceIsRefused() {
        events.shelf.put("event.x", SchemaShelf.parse("{\"type\": \"array\", \"items\": \"int\"}"));

        assertFails("event.x", Stream.of(1, 2))
                .hasMessageContaining("expected array of int, found a stream, which can be read only once: collect it");
    }

    record Node(int value, Node next) {}

    static final class Loop {

        public int getValue() {
            return 1;
        }

        public Loop getNext() {
            return this;
        }
    }

    @Test
    void recursiveRecordsAreWrittenAndOnesThatHoldThemselvesAreAnError() {
        RegisteredSchema schema = events.shelf.put("event.list", Schemas.LINKED_LIST);
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        events.shelf.put("event.nest", SchemaShelf.parse("""
                {"type": "record", "name": "Nest", "fields": [
                  {"name": "of", "type": ["null", "string", {"type": "array", "items": ["null", "Nest"]}, "Nest"]}]}"""));
        Map<String, Object> nest = new HashMap<>();
        nest.put("of", List.of(nest));

        byte[] frame = events.encode("event.list", new Node(1, new Node(2, null)));

        assertThat(Events.datum(schema, frame)).hasToString("{\"value\": 1, \"next\": {\"value\": 2, \"next\": null}}");
        assertFails("event.list", new Loop())
                .hasMessageContaining("nested deeper than 256 levels. Does it hold itself?");
        Map<String, Object> holdsList = new HashMap<>();
        List<Object> list = new ArrayList<>();
        list.add(holdsList);
        holdsList.put("of", list);
        assertFails("event.nest", holdsList).hasMessageContaining("nested deeper than 256 levels");
    }

    static final class Broken {

        private final boolean works = System.nanoTime() == 0;

        public int getValue() {
            if (!works) {
                throw new IllegalStateException("the password is 1234");
            }
            return 1;
        }
    }

    @Test
    void aGetterThatFailsIsAnErrorThatNamesItsPath() {
        events.put("event.x", """
                {"name": "a", "type": {"type": "array", "items":
                  {"type": "record", "name": "A", "fields": [{"name": "value", "type": "int"}]}}}""");

        assertFails("event.x", Map.of("a", List.of(new Broken())))
                .hasMessageStartingWith(
                        "event.x payload.a[0].value: reading it failed with java.lang.IllegalStateException (schema")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    record Outer(@JsonUnwrapped Item item) {}

    @Test
    void whatHasNoPropertiesOrUnwrapsThemSaysWhy() {
        events.put("event.x", """
                {"name": "a", "type": "int", "default": 0}""");
        Object opaque = new Object() {};

        assertFails("event.x", opaque)
                .hasMessageContaining("expected record event.Payload, found "
                        + opaque.getClass().getName()
                        + ", which cannot be read: it has no properties. Give it getters, or make it a record");
        assertFails("event.x", new Outer(new Item("a", 1))).hasMessageContaining("property item is unwrapped");
        assertFails("event.x", new Thread())
                .hasMessageContaining("expected record event.Payload, found java.lang.Thread");
    }

    record Ping() {}

    @Test
    void aRecordWithoutComponentsIsARecordWithoutFields() {
        events.put("event.x", "");

        assertThat(roundTrip("event.x", new Ping())).isEqualTo(Map.of());
    }

    record Greeting(String greeting, int times) {}

    @Test
    void besideTheMetadataStandTheRecordsFields() {
        events.shelf.put("event.x", SchemaShelf.parse("""
                {"type": "record", "name": "Flat", "fields": [
                  {"name": "meta", "type": ["null", "seven.cloud.services.event_metadata"]},
                  {"name": "greeting", "type": "string"}, {"name": "times", "type": "int"}]}""", Events.META));

        assertThat(roundTrip("event.x", new Greeting("hi", 2))).isEqualTo(Map.of("greeting", "hi", "times", 2));
        assertFails("event.x", new Item("a", 1))
                .hasMessageStartingWith("event.x payload.sku: no such field in record Flat");
        assertFails("event.x", Map.of("greeting", "hi", "times", "two"))
                .hasMessageStartingWith("event.x payload.times: expected int, found String \"two\"");
    }

    @Test
    void metadataThatThePayloadBringsDoesNotVanish() {
        events.shelf.put("event.x", SchemaShelf.parse("""
                {"type": "record", "name": "Flat", "fields": [
                  {"name": "meta", "type": ["null", {"type": "map", "values": "string"}]},
                  {"name": "v", "type": "int"}]}"""));

        assertFails("event.x", Map.of("v", 1, "meta", Map.of("trace", "7")))
                .hasMessageStartingWith("event.x meta: the event's metadata stands there");
        Map<String, Object> empty = new HashMap<>(Map.of("v", 1));
        empty.put("meta", null);
        assertThat(roundTrip("event.x", empty)).isEqualTo(Map.of("v", 1));
    }

    @Test
    void aRecordOfTheWholeEventGivesItsPayload() {
        events.shelf.put("event.x", WholeEvent.SCHEMA$);
        WholeEvent whole = new WholeEvent();
        whole.put(1, 5);

        byte[] frame = events.encode("event.x", Optional.of(Meta.of(Map.of("message_id", "a"))), whole);

        assertThat(events.decode("event.x", frame).payload().value()).isEqualTo(5);
        assertThat(events.decode("event.x", frame).meta().fields()).isEqualTo(Map.of("message_id", "a"));
    }

    /** As Avro's compiler would make it. */
    public static final class Specific extends SpecificRecordBase {

        static final org.apache.avro.Schema SCHEMA = SchemaShelf.parse("""
                {"type": "record", "name": "Specific", "namespace": "io.kaufmann", "fields": [
                  {"name": "name", "type": "string"}]}""");
        private static final long serialVersionUID = 1L;

        private transient CharSequence name = "x";

        @Override
        public org.apache.avro.Schema getSchema() {
            return SCHEMA;
        }

        @Override
        public Object get(int field) {
            return name;
        }

        @Override
        public void put(int field, Object value) {
            name = (CharSequence) value;
        }
    }

    @Test
    void aSpecificRecordGoesByItsSchema() {
        events.put("event.x", """
                {"name": "of", "type": ["null", {"type": "record", "name": "Other", "fields": [
                    {"name": "name", "type": "string"}]},
                  {"type": "record", "name": "Specific", "namespace": "io.kaufmann", "fields": [
                    {"name": "name", "type": "string"}]}]}""");

        assertThat(roundTrip("event.x", Map.of("of", new Specific()))).isEqualTo(Map.of("of", Map.of("name", "x")));
        byte[] frame = events.encode("event.x", Map.of("of", new Specific()));
        assertThat(frame[6] / 2).as("the branch of its name").isEqualTo(2);
    }

    private Object roundTrip(String name, Object payload) {
        return events.decode(name, events.encode(name, payload)).payload().value();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(String name, Object payload) {
        return assertThatThrownBy(() -> events.encode(name, payload)).isInstanceOf(TranscodeException.class);
    }
}
