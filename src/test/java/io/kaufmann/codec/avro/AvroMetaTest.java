package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Meta;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.Publication;
import io.kaufmann.schema.RegisteredSchema;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class AvroMetaTest {

    private static final MetaSource SOURCE = MetaSource.standard(
            "greeter", "greeter-1", InstantSource.fixed(Instant.parse("2018-01-01T12:00:00.123456Z")), () -> "m-1");

    /** KaufmannEx's own file, whose default for a null-first union is the text "null". */
    private static final Schema KAUFMANN_EX = SchemaShelf.parse("""
            {"type": "record", "name": "test.event.publish", "fields": [
              {"name": "payload", "type": {"type": "record", "name": "payload", "fields": []}},
              {"name": "meta", "type":
                {"type": "record", "name": "event_metadata", "namespace": "seven.cloud.services", "fields": [
                  {"name": "message_id", "type": "string"}, {"name": "emitter_service", "type": "string"},
                  {"name": "emitter_service_id", "type": "string"}, {"name": "callback_id", "type": ["null", "string"]},
                  {"name": "message_name", "type": "string"}, {"name": "timestamp", "type": "string"},
                  {"name": "callback_topic", "default": "null", "type": ["null",
                    {"type": "record", "name": "callback_topic", "fields": [
                      {"name": "topic", "type": ["null", "string"]},
                      {"name": "partition", "type": ["null", "int"]}]}]}]}}]}""");

    private final Events events = new Events();

    @Test
    void theWholeMetaComesBack() {
        events.put("event.x", "");
        Meta meta = meta(
                Publication.of("event.x", Map.of()).callbackId("c-1").callbackTopic(CallbackTopic.of("answers", 3)));

        assertThat(roundTrip(meta)).isEqualTo(meta);
    }

    @Test
    void emptyMetaIsNullWhereTheSchemaAdmitsNull() {
        RegisteredSchema schema = events.put("event.x", "");

        byte[] absent = events.encode("event.x", Optional.empty(), Map.of());

        assertThat(((GenericRecord) Events.datum(schema, absent)).get("meta")).isNull();
        assertThat(events.encode("event.x", Optional.of(Meta.empty()), Map.of()))
                .isEqualTo(absent);
    }

    @Test
    void emptyMetaIsTheDefaultWhereThereIsOne() {
        put("""
                {"type": "record", "name": "m", "fields": [{"name": "message_id", "type": "string"}]},
                "default": {"message_id": "none"}""");

        assertThat(roundTrip(Meta.empty()).messageId()).contains("none");
    }

    @Test
    void emptyMetaIsAnErrorWhereTheSchemaWantsSome() {
        put("""
                {"type": "record", "name": "m", "fields": [{"name": "message_id", "type": "string"}]}""");

        assertFails(Meta.empty())
                .hasMessageStartingWith("event.x meta: the event has no metadata, and the schema does not admit null");
    }

    @Test
    void aTeamsSmallerMetadataTakesWhatItKnows() {
        put("""
                {"type": "record", "name": "m", "fields": [{"name": "message_id", "type": "string"}]}""");

        assertThat(roundTrip(meta(Publication.of("event.x", 1).callbackId("c-1")))
                        .fields())
                .isEqualTo(Map.of("message_id", "m-1"));
    }

    @Test
    void aSchemaWithoutMetadataTakesNone() {
        events.shelf.put("event.x", SchemaShelf.parse("\"int\""));

        assertThat(roundTrip(meta(Publication.of("event.x", 1)))).isEqualTo(Meta.empty());
    }

    @Test
    void aFieldThatThePublicationSetItselfMustNotVanish() {
        events.put("event.x", "");

        assertFails(meta(Publication.of("event.x", 1).meta("tennant", "acme")))
                .hasMessageStartingWith(
                        "event.x meta.tennant: no such field in record seven.cloud.services.event_metadata");
    }

    @Test
    void whereTheAnswerIsAwaitedMustNotVanish() {
        put("""
                {"type": "record", "name": "m", "fields": [{"name": "message_id", "type": "string"}]}""");

        assertFails(meta(Publication.of("event.x", 1).callbackTopic(CallbackTopic.of("answers"))))
                .hasMessageStartingWith("event.x meta.callback_topic: no such field in record m");
    }

    @Test
    void aFieldForASchemaWithoutMetadataIsNamed() {
        events.shelf.put("event.x", SchemaShelf.parse("\"int\""));

        assertFails(meta(Publication.of("event.x", 1).meta("tenant", "acme")))
                .hasMessageContaining("the schema has no metadata, which is to hold [tenant]");
    }

    @Test
    void aMetadataMapTakesAnyField() {
        put("""
                {"type": "map", "values": ["null", "string"]}""");

        assertThat(roundTrip(Meta.of(Map.of("tenant", "acme"))).fields()).isEqualTo(Map.of("tenant", "acme"));
    }

    @Test
    void kaufmannExsOwnSchemasWork() {
        RegisteredSchema schema = events.shelf.put("event.x", KAUFMANN_EX);
        Meta withoutTopic = Meta.of(Map.of(
                "message_id", "1",
                "emitter_service", "s",
                "emitter_service_id", "s-1",
                "message_name", "event.x",
                "timestamp", "t"));

        assertFails(withoutTopic).hasMessageContaining("meta.callback_id: missing");
        byte[] frame = events.encode(
                "event.x",
                Optional.of(
                        withoutTopic.toBuilder().callbackId(Optional.empty()).build()),
                Map.of());

        GenericRecord meta = (GenericRecord) ((GenericRecord) Events.datum(schema, frame)).get("meta");
        assertThat(meta.get("callback_topic")).isNull();
    }

    @Test
    void theShippedErrorEventTakesTextNothingOrAStructure() {
        RegisteredSchema schema = events.shelf.put("event.error", Events.ERROR);
        Optional<Meta> meta = Optional.of(meta(Publication.of("event.error.command.x", 1)));

        for (Object error : new Object[] {"it broke", Map.of("code", "17"), Optional.empty()}) {
            byte[] frame = events.encode("event.error.command.x", meta, Map.of("error", error));

            assertThat(events.decode("event.error.command.x", frame).payload().field("error"))
                    .isEqualTo(error instanceof Optional ? error : Optional.of(error));
            assertThat(Events.datum(schema, frame)).isNotNull();
        }
    }

    private void put(String metaType) {
        events.shelf.put("event.x", SchemaShelf.parse("""
                        {"type": "record", "name": "x", "fields": [
                          {"name": "meta", "type": %s}, {"name": "payload", "type": "int", "default": 1}]}""".formatted(metaType)));
    }

    private static Meta meta(Publication publication) {
        return SOURCE.meta(publication, Optional.empty());
    }

    private Meta roundTrip(Meta meta) {
        return events.decode("event.x", encode(meta)).meta();
    }

    private byte[] encode(Meta meta) {
        Schema schema = events.shelf.latest("event.x").schema();
        boolean record = schema.getType() == Schema.Type.RECORD
                && schema.getField("payload").schema().getType() == Schema.Type.RECORD;
        return events.encode("event.x", Optional.of(meta), record ? Map.of() : 1);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertFails(Meta meta) {
        return assertThatThrownBy(() -> encode(meta)).isInstanceOf(TranscodeException.class);
    }
}
