package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.Record;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class AvroDecodingTest {

    private final Events events = new Events();

    @Test
    void readsMetaAndPayloadThatAvrosOwnWriterWrote() {
        RegisteredSchema schema = events.put("command.greet", """
                {"name": "name", "type": "string"}, {"name": "age", "type": "int"}""");
        Record meta = meta();
        Record payload = new GenericRecordBuilder(field(schema, "payload"))
                .set("name", "Ada")
                .set("age", 36)
                .build();

        Decoded decoded = events.decode("command.greet#42", Events.frame(schema, record(schema, meta, payload)));

        assertThat(decoded.payload().asMap()).containsExactly(Map.entry("name", "Ada"), Map.entry("age", 36));
        assertThat(decoded.meta().messageId()).contains("m-1");
        assertThat(decoded.meta().callbackId()).isEmpty();
        assertThat(decoded.meta().callbackTopic())
                .contains(new CallbackTopic(Optional.of("answers"), OptionalInt.of(3)));
        assertThat(decoded.meta().fields().keySet())
                .containsExactlyElementsOf(
                        Events.META.getFields().stream().map(Schema.Field::name).toList());
    }

    @Test
    void readsEveryTypeAsJavasOwn() {
        RegisteredSchema schema = events.shelf.put("event.zoo", SchemaShelf.parse("""
                        {"type": "record", "name": "Zoo", "fields": [
                          {"name": "flag", "type": "boolean"}, {"name": "int", "type": "int"},
                          {"name": "long", "type": "long"}, {"name": "float", "type": "float"},
                          {"name": "double", "type": "double"}, {"name": "text", "type": "string"},
                          {"name": "bytes", "type": "bytes"},
                          {"name": "fixed", "type": {"type": "fixed", "name": "Two", "size": 2}},
                          {"name": "enum", "type": {"type": "enum", "name": "Suit", "symbols": ["HEARTS", "SPADES"]}},
                          {"name": "list", "type": {"type": "array", "items": ["null", "string"]}},
                          {"name": "map", "type": {"type": "map", "values": "long"}},
                          {"name": "nothing", "type": "null"}]}"""));
        Record zoo = new Record(schema.schema());
        zoo.put("flag", true);
        zoo.put("int", Integer.MIN_VALUE);
        zoo.put("long", Long.MIN_VALUE);
        zoo.put("float", 1.5f);
        zoo.put("double", -2.25);
        zoo.put("text", "Grüße, 世界 🎈");
        zoo.put("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        zoo.put("fixed", new GenericData.Fixed(field(schema, "fixed"), new byte[] {8, 9}));
        zoo.put("enum", new GenericData.EnumSymbol(field(schema, "enum"), "SPADES"));
        zoo.put("list", Arrays.asList("a", null));
        zoo.put("map", Map.of("k", Long.MAX_VALUE));

        Decoded decoded = events.decode("event.zoo", Events.frame(schema, zoo));

        assertThat(decoded.meta()).isEqualTo(Meta.empty());
        Map<String, Object> read = decoded.payload().asMap();
        assertThat(read)
                .containsEntry("flag", true)
                .containsEntry("int", Integer.MIN_VALUE)
                .containsEntry("long", Long.MIN_VALUE)
                .containsEntry("float", 1.5f)
                .containsEntry("double", -2.25)
                .containsEntry("text", "Grüße, 世界 🎈")
                .containsEntry("bytes", ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .containsEntry("fixed", ByteBuffer.wrap(new byte[] {8, 9}))
                .containsEntry("enum", "SPADES")
                .containsEntry("list", Arrays.asList("a", null))
                .containsEntry("map", Map.of("k", Long.MAX_VALUE))
                .containsEntry("nothing", null);
        assertThat(((ByteBuffer) read.get("bytes")).isReadOnly()).isTrue();
    }

    @Test
    void whatIsReadCannotBeChanged() {
        RegisteredSchema schema = events.put("event.x", """
                {"name": "list", "type": {"type": "array", "items": "int"}}""");
        Record payload = new GenericRecordBuilder(field(schema, "payload"))
                .set("list", List.of(1))
                .build();
        Map<?, ?> read = (Map<?, ?>) events.decode("event.x", Events.frame(schema, record(schema, null, payload)))
                .payload()
                .value();

        assertThatThrownBy(read::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> ((List<?>) read.get("list")).remove(0))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nullMetaIsEmptyMeta() {
        RegisteredSchema schema = events.put("event.x", "");

        Decoded decoded = events.decode(
                "event.x", Events.frame(schema, record(schema, null, new Record(field(schema, "payload")))));

        assertThat(decoded.meta()).isSameAs(Meta.empty());
        assertThat(decoded.payload().asMap()).isEmpty();
    }

    @Test
    void readsMetadataUnderItsLongName() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("""
                        {"type": "record", "name": "x", "fields": [
                          {"name": "metadata", "type": "seven.cloud.services.event_metadata"},
                          {"name": "payload", "type": "string"}]}""", Events.META));
        Record event = new Record(schema.schema());
        event.put("metadata", meta());
        event.put("payload", "hello");

        Decoded decoded = events.decode("event.x", Events.frame(schema, event));

        assertThat(decoded.meta().emitterService()).contains("greeter");
        assertThat(decoded.payload().value()).isEqualTo("hello");
    }

    @Test
    void extraMetaFieldsSurvive() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("""
                        {"type": "record", "name": "x", "fields": [
                          {"name": "meta", "type": {"type": "record", "name": "m", "fields": [
                            {"name": "message_id", "type": "string"}, {"name": "tenant", "type": "string"}]}},
                          {"name": "payload", "type": "int"}]}"""));
        Record meta = new Record(field(schema, "meta"));
        meta.put("message_id", "m-1");
        meta.put("tenant", "acme");
        Record event = new Record(schema.schema());
        event.put("meta", meta);
        event.put("payload", 1);

        assertThat(events.decode("event.x", Events.frame(schema, event)).meta().fields())
                .containsExactly(Map.entry("message_id", "m-1"), Map.entry("tenant", "acme"));
    }

    @Test
    void withoutPayloadFieldTheOtherFieldsArePayload() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("""
                        {"type": "record", "name": "x", "fields": [
                          {"name": "meta", "type": ["null", "seven.cloud.services.event_metadata"]},
                          {"name": "a", "type": "int"}, {"name": "b", "type": "int"}]}""", Events.META));
        Record event = new Record(schema.schema());
        event.put("meta", meta());
        event.put("a", 1);
        event.put("b", 2);

        Decoded decoded = events.decode("event.x", Events.frame(schema, event));

        assertThat(decoded.meta().messageId()).contains("m-1");
        assertThat(decoded.payload().asMap()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
    }

    @Test
    void aTextFieldNamedMetaIsPayloadLikeAnyOther() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("""
                        {"type": "record", "name": "x", "fields": [{"name": "meta", "type": "string"}]}"""));
        Record event = new Record(schema.schema());
        event.put("meta", "mine");

        Decoded decoded = events.decode("event.x", Events.frame(schema, event));

        assertThat(decoded.meta().isEmpty()).isTrue();
        assertThat(decoded.payload().text("meta")).isEqualTo("mine");
    }

    @Test
    void readsRecursiveRecords() {
        RegisteredSchema schema = events.shelf.put("event.list", Schemas.LINKED_LIST);
        Record tail = new Record(schema.schema());
        tail.put("value", 2);
        Record head = new Record(schema.schema());
        head.put("value", 1);
        head.put("next", tail);

        Map<String, Object> expectedTail = new HashMap<>();
        expectedTail.put("value", 2);
        expectedTail.put("next", null);
        assertThat(events.decode("event.list", Events.frame(schema, head))
                        .payload()
                        .value())
                .isEqualTo(Map.of("value", 1, "next", expectedTail));
    }

    @Test
    void readsArraysInSeveralBlocksAndBlocksWithASize() {
        RegisteredSchema schema =
                events.shelf.put("event.x", SchemaShelf.parse("{\"type\": \"array\", \"items\": \"int\"}"));
        byte[] blocks = {4, 2, 4, /* two items, */ 1, 2, 6, /* one item in one byte, */ 0};

        assertThat(events.decode("event.x", Events.frame(schema.id(), blocks))
                        .payload()
                        .value())
                .isEqualTo(List.of(1, 2, 3));
    }

    @Test
    void asksTheRegistryOnceForEachSchema() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("\"int\""));
        byte[] frame = Events.frame(schema.id(), (byte) 2);

        events.decode("event.x", frame);
        events.decode("event.x", frame);

        assertThat(events.shelf.asked()).isEqualTo(1);
    }

    @Test
    void anOutageGoesThroughUntouched() {
        events.shelf.goDown();

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> events.decode("event.x", Events.frame(100, (byte) 0)));
    }

    @Test
    void saysWhatIsNoFrame() {
        assertFails(null).hasMessageStartingWith("no value: a tombstone");
        assertFails(new byte[0]).hasMessageStartingWith("truncated frame: 0 bytes");
        assertFails(new byte[] {0, 0, 1}).hasMessageStartingWith("truncated frame: 3 bytes");
        assertFails("{\"a\": 1}".getBytes(StandardCharsets.UTF_8))
                .hasMessageStartingWith("magic byte 0x7b")
                .hasMessageContaining("looks like JSON");
        assertFails(new byte[] {12, 1, 2, 3, 4, 5})
                .hasMessageStartingWith("magic byte 0x0c")
                .hasMessageContaining("bare Avro");
        assertFails(Events.frame(-1, (byte) 0)).hasMessageContaining("schema id -1 is negative");
        assertThat(events.shelf.asked()).isZero();
    }

    @Test
    void namesAnUnknownSchemaIdAndWhereItWasLookedFor() {
        assertFails(Events.frame(17, (byte) 0)).hasMessageStartingWith("schema id 17 not found at http://shelf");
    }

    @Test
    void saysWhichSchemaTheBytesDoNotFitAndWhere() {
        RegisteredSchema schema = events.put("event.order.placed", """
                {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "Item", "fields": [
                  {"name": "price", "type": "double"}]}}}""");

        assertFails(Events.frame(schema.id(), (byte) 0, (byte) 2, (byte) 1))
                .hasMessage("bytes do not fit schema event.order.placed (id 100): payload.items[0].price at byte 7:"
                        + " 8 bytes wanted, 1 left. Written with another schema, or damaged");
    }

    @Test
    void bytesAfterTheRecordAreAnError() {
        RegisteredSchema schema = events.shelf.put("event.x", SchemaShelf.parse("\"int\""));

        assertFails(Events.frame(schema.id(), (byte) 2, (byte) 2))
                .hasMessageContaining("the record ends 1 bytes before the end of the value");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(byte[] value) {
        return assertThatThrownBy(() -> events.decode("event.x", value)).isInstanceOf(TranscodeException.class);
    }

    private static Schema field(RegisteredSchema schema, String name) {
        return schema.schema().getField(name).schema();
    }

    private static Record record(RegisteredSchema schema, Record meta, Record payload) {
        Record event = new Record(schema.schema());
        event.put("meta", meta);
        event.put("payload", payload);
        return event;
    }

    private static Record meta() {
        Record topic = new Record(
                Envelope.branches(Events.META.getField("callback_topic").schema())
                        .get(1));
        topic.put("topic", "answers");
        topic.put("partition", 3);
        Record meta = new Record(Events.META);
        meta.put("message_id", "m-1");
        meta.put("emitter_service", "greeter");
        meta.put("emitter_service_id", "greeter-1");
        meta.put("message_name", "command.greet");
        meta.put("timestamp", "2018-01-01 12:00:00.123456Z");
        meta.put("callback_topic", topic);
        return meta;
    }
}
