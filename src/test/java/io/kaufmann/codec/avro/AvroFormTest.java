package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.AvroForm;
import io.kaufmann.event.EventName;
import io.kaufmann.event.PayloadException;
import io.kaufmann.schema.RegisteredSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.Record;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A decoded payload as Avro's own records. */
class AvroFormTest {

    private static final String EVENT = "event.shipped";
    private static final String TRAP = "io.kaufmann.codec.avro.LoadedTrap";

    private final Events events = new Events();

    @Test
    void thePayloadIsARecordAsAvrosOwnReaderReadsIt() {
        RegisteredSchema schema = events.put(EVENT, """
                {"name": "text", "type": "string"}, {"name": "bytes", "type": "bytes"},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}""");
        Record payload = new Record(schema.schema().getField("payload").schema());
        payload.put("text", "Grüße");
        payload.put("bytes", ByteBuffer.wrap(new byte[] {1}));
        payload.put("at", 5L);
        byte[] frame = frame(schema, payload);

        GenericRecord first = events.decode(EVENT, frame).payload().avro();

        assertThat(first).isEqualTo(payload);
        assertThat(first.get("text")).isEqualTo(new Utf8("Grüße"));
        assertThat(first.get("at")).isEqualTo(5L);
        assertThat(first.getSchema()).isSameAs(payload.getSchema());
    }

    @Test
    void eachCallMakesARecordOfItsOwn() {
        RegisteredSchema schema = events.put(EVENT, """
                {"name": "n", "type": "int"}""");
        Record payload = new Record(schema.schema().getField("payload").schema());
        payload.put("n", 1);
        var decoded = events.decode(EVENT, frame(schema, payload)).payload();

        decoded.avro().put("n", 2);

        assertThat(decoded.avro().get("n")).isEqualTo(1);
        assertThat(decoded.integer("n")).isEqualTo(1);
    }

    @Test
    void withTheMetadataBesideItsFieldsItIsTheWholeRecord() {
        RegisteredSchema schema = events.shelf.put(EVENT, SchemaShelf.parse("""
                {"type": "record", "name": "E", "fields": [
                  {"name": "meta", "type": ["null", "seven.cloud.services.event_metadata"], "default": null},
                  {"name": "n", "type": "int"}]}""", Events.META));
        Record event = new Record(schema.schema());
        event.put("n", 3);

        assertThat(events.decode(EVENT, Events.frame(schema, event)).payload().avro())
                .isEqualTo(event);
    }

    @Test
    void theRecordHasTheSchemaItWasResolvedTo() {
        RegisteredSchema old = events.shelf.put(EVENT, envelope("""
                {"name": "items", "type": {"type": "array", "items":
                  {"type": "record", "name": "I", "fields": [{"name": "a", "type": "int"}]}}}"""));
        RegisteredSchema now = events.shelf.put(EVENT, envelope("""
                {"name": "items", "type": {"type": "array", "items":
                  {"type": "record", "name": "I", "fields": [
                    {"name": "b", "type": "double", "default": 1.5}, {"name": "a", "type": "double"}]}}}"""));
        AvroTranscoder latest =
                AvroTranscoder.builder(events.shelf).readLatest().build();
        byte[] frame = Events.frame(old.id(), (byte) 4, (byte) 2, (byte) 4, (byte) 0);

        GenericRecord read = latest.decode(new Encoded(EventName.of(EVENT), "rapids", new RecordHeaders(), frame))
                .payload()
                .avro();

        assertThat(read).hasToString("{\"items\": [{\"b\": 1.5, \"a\": 1.0}, {\"b\": 1.5, \"a\": 2.0}]}");
        assertThat(read.getSchema()).isSameAs(now.schema().getField("payload").schema());
    }

    @Test
    void whatIsNoRecordIsNone() {
        RegisteredSchema number = events.shelf.put(EVENT, SchemaShelf.parse("\"int\""));
        RegisteredSchema nothing = events.shelf.put(EVENT, SchemaShelf.parse("""
                {"type": "record", "name": "E", "fields": [{"name": "payload", "type": ["null", "E"]}]}"""));

        assertThatThrownBy(() -> events.decode(EVENT, Events.frame(number.id(), (byte) 2))
                        .payload()
                        .avro())
                .isInstanceOf(PayloadException.class)
                .hasMessage("event.shipped payload: expected an Avro record, found another type. Read it with value()");
        assertThatThrownBy(() -> events.decode(EVENT, Events.frame(nothing.id(), (byte) 0))
                        .payload()
                        .avro())
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("found null");
    }

    @Test
    void aGeneratedClassGetsThePayload() {
        RegisteredSchema schema = events.shelf.put(EVENT, envelope("io.kaufmann.codec.avro.Shipment", """
                {"name": "recipient", "type": "string"}, {"name": "removed", "type": {"type": "array", "items": "string"}},
                {"name": "kind", "type": {"type": "enum", "name": "ShipmentKind", "symbols": ["PARCEL", "LETTER"]}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "items", "type": {"type": "array", "items":
                  {"type": "record", "name": "Item", "fields": [{"name": "count", "type": "int"}]}}}"""));
        Schema payload = schema.schema().getField("payload").schema();
        Record item = new Record(payload.getField("items").schema().getElementType());
        item.put("count", 7);
        Record event = new Record(schema.schema());
        event.put(
                "payload",
                new GenericRecordBuilder(payload)
                        .set("recipient", "Ada")
                        .set("removed", List.of("x"))
                        .set(
                                "kind",
                                new GenericData.EnumSymbol(
                                        payload.getField("kind").schema(), "LETTER"))
                        .set("at", 5L)
                        .set("items", List.of(item, item))
                        .build());

        Shipment shipment = form(Events.frame(schema, event)).specific(Shipment.class);

        assertThat(shipment.to()).isEqualTo("Ada");
        assertThat(shipment.kind()).isEqualTo(ShipmentKind.LETTER);
        assertThat(shipment.kindOfReturn()).isEqualTo(ShipmentKind.PARCEL);
        assertThat(shipment.at()).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(shipment.items()).hasSize(2).allSatisfy(read -> {
            assertThat(read.count()).isEqualTo(7);
            assertThat(read.weight()).isEqualTo(0.5);
        });
    }

    @Test
    void aClassOfTheWholeEventGetsTheWholeEvent() {
        RegisteredSchema schema = events.shelf.put(EVENT, WholeEvent.SCHEMA$);

        WholeEvent whole =
                form(Events.frame(schema.id(), (byte) 2, (byte) 'a', (byte) 6)).specific(WholeEvent.class);

        assertThat(whole.get(0)).hasToString("{\"message_id\": \"a\"}");
        assertThat(whole.get(1)).isEqualTo(3);
    }

    @Test
    void aClassThatThePayloadDoesNotFitIsAnErrorWithThePath() {
        RegisteredSchema schema = events.shelf.put(EVENT, envelope("""
                {"name": "to", "type": "string"}, {"name": "kind", "type": "string"}"""));

        assertThatThrownBy(() ->
                        form(Events.frame(schema.id(), (byte) 0, (byte) 0)).specific(Shipment.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith(
                        "event.shipped payload: expected io.kaufmann.codec.avro.Shipment, found what cannot be")
                .hasMessageContaining("payload: the written record P lacks items, at");
    }

    @Test
    void aClassThatAvroDidNotGenerateIsAnError() {
        RegisteredSchema schema = events.shelf.put(EVENT, envelope(""));

        assertThatThrownBy(() -> form(Events.frame(schema.id())).specific(NotGenerated.class))
                .isInstanceOf(PayloadException.class)
                .hasMessageContainingAll("expected a class that Avro generated, found", "NotGenerated: ");
    }

    @Test
    void noSchemaGetsAClassLoaded() throws Exception {
        Schema hostile = SchemaShelf.parse("""
                {"type": "record", "name": "LoadedTrap", "namespace": "io.kaufmann.codec.avro", "fields": [
                  {"name": "payload", "type": {"type": "record", "name": "Runtime", "namespace": "java.lang", "fields": [
                    {"name": "to", "type": {"type": "string", "java-class": "%1$s"}},
                    {"name": "kind", "type": {"type": "enum", "name": "ShipmentKind", "symbols": ["LETTER"]}},
                    {"name": "gone", "java-class": "%1$s", "type":
                      {"type": "map", "values": "string", "java-key-class": "%1$s", "java-class": "%1$s"}},
                    {"name": "items", "type": {"type": "array", "java-class": "%1$s", "java-element-class": "%1$s",
                      "items": {"type": "record", "name": "%1$s", "java-class": "%1$s", "fields": [
                        {"name": "count", "type": "long"}]}}},
                    {"name": "at", "type": {"type": "long", "java-class": "%1$s", "logicalType": "%1$s"}}]}}]}""".formatted(TRAP)
                .replace("\"name\": \"" + TRAP + "\", \"java-class\"", "\"name\": \"x.Trap\", \"java-class\""));
        RegisteredSchema schema = events.shelf.put(EVENT, hostile);
        byte[] frame = Events.frame(schema.id(), new byte[] {2, 'a', 0, 2, 2, 'k', 2, 'v', 0, 2, 4, 0, 8});
        Recording loader = new Recording();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            var payload = events.decode(EVENT, frame).payload();
            Class<? extends SpecificRecord> type =
                    loader.loadClass(Shipment.class.getName()).asSubclass(SpecificRecord.class);

            assertThat(payload.text("to")).isEqualTo("a");
            assertThat(payload.avro().get("to")).isEqualTo(new Utf8("a"));
            assertThat(form(frame).specific(type).get(0)).isEqualTo("a");
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(loader.asked).contains(Shipment.class.getName(), ShipmentKind.class.getName());
        assertThat(loader.asked).doesNotContain(TRAP, "java.lang.Runtime", "x.Trap", "java.lang.ShipmentKind");
        assertThat(System.getProperty("kaufmann.test.trap")).isNull();
    }

    @Test
    void aClassThatIsNoRecordIsNoneThoughItsNameStandsInTheSchemaOfAClass() throws Exception {
        RegisteredSchema schema = events.shelf.put(EVENT, envelope("""
                {"name": "trap", "type": {"type": "record", "name": "x", "fields": []}}"""));

        TrickedEvent tricked = form(Events.frame(schema.id())).specific(TrickedEvent.class);

        assertThat(tricked.get(0)).isInstanceOf(GenericRecord.class);
        assertThat(System.getProperty("kaufmann.test.trap")).isNull();
    }

    /** Loads the generated classes by itself, and keeps all names that it is asked for. */
    private static final class Recording extends URLClassLoader {

        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        Recording() {
            super(new URL[0], AvroFormTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith(Shipment.class.getName())) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Not what Avro's compiler makes. */
    public static final class NotGenerated extends SlotRecord {

        private static final long serialVersionUID = 1L;

        @Override
        public Schema getSchema() {
            return Shipment.SCHEMA$;
        }
    }

    private static Schema envelope(String payloadFields) {
        return envelope("P", payloadFields);
    }

    private static Schema envelope(String payload, String payloadFields) {
        return SchemaShelf.parse("""
                {"type": "record", "name": "E", "fields": [
                  {"name": "payload", "type": {"type": "record", "name": "%s", "fields": [%s]}}]}""".formatted(payload, payloadFields));
    }

    private static byte[] frame(RegisteredSchema schema, Record payload) {
        Record event = new Record(schema.schema());
        event.put("payload", payload);
        return Events.frame(schema, event);
    }

    /** What a payload asks when a handler wants a generated class. */
    private AvroForm form(byte[] frame) {
        RegisteredSchema schema = events.shelf.byId(ByteBuffer.wrap(frame, 1, 4).getInt());
        Envelope envelope = Envelope.of(schema.schema());
        return new RecordsOfEvent(
                new AvroRecords(schema.schema(), schema.schema(), envelope), EVENT, frame, Frame.HEAD);
    }
}
