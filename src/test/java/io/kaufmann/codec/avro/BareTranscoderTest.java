package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class BareTranscoderTest {

    private static final String EVENT = "event.greeted";
    private static final Map<String, Object> GREETING = Map.of("greeting", "Grüße", "times", 3);

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final BareTranscoder bare = BareTranscoder.of(registry, SubjectStrategy.eventName());

    @Test
    void whatIsEncodedDecodesEqual() {
        register();
        Meta meta = Meta.builder()
                .messageId("m-1")
                .emitter("greeter", "greeter-1")
                .callbackId(Optional.empty())
                .messageName(EVENT)
                .timestamp(Instant.EPOCH)
                .callbackTopic(Optional.empty())
                .build();

        Decoded decoded = decode(EVENT, encode(EVENT, Optional.of(meta), GREETING));

        assertThat(decoded.payload().value()).isEqualTo(GREETING);
        assertThat(decoded.meta()).isEqualTo(meta);
    }

    @Test
    void theBytesAreAFramesWithoutItsHead() {
        register();
        byte[] frame = AvroTranscoder.of(registry, SubjectStrategy.eventName())
                .encode(outgoing(EVENT, Optional.empty(), GREETING));

        assertThat(encode(EVENT, Optional.empty(), GREETING))
                .isEqualTo(Arrays.copyOfRange(frame, Frame.HEAD, frame.length));
    }

    @Test
    void queriesShareASchema() {
        registry.register("query.req", "\"string\"");

        assertThat(decode("query.req.user#42", encode("query.req.user#42", Optional.empty(), "Ada"))
                        .payload()
                        .value())
                .isEqualTo("Ada");
    }

    @Test
    void aNewVersionIsTakenUp() {
        registry.register("event.x", "\"int\"");
        decode("event.x", encode("event.x", Optional.empty(), 1));
        registry.register("event.x", "\"long\"");

        assertThat(decode("event.x", encode("event.x", Optional.empty(), 1L))
                        .payload()
                        .value())
                .isEqualTo(1L);
    }

    @Test
    void everyByteMustBeUsed() {
        register();
        byte[] value = encode(EVENT, Optional.empty(), GREETING);

        assertFails(EVENT, Arrays.copyOf(value, value.length + 1))
                .hasMessageContaining("the record ends 1 bytes before the end of the value");
        assertFails(EVENT, Arrays.copyOf(value, value.length - 1)).hasMessageContaining("1 bytes wanted, 0 left");
        assertFails(EVENT, new byte[0]).hasMessageContaining("event.greeted (id 1): meta at byte 0");
    }

    @Test
    void aTombstoneIsNoEvent() {
        register();

        assertFails(EVENT, null).hasMessageContaining("no value");
    }

    @Test
    void aFrameIsNotTriedUnasked() {
        registry.register("event.bytes", "\"bytes\"");
        Transcoders unruled = Transcoders.of(bare);
        byte[] five = {0, 0, 0, 0, 1};

        assertThatThrownBy(() -> unruled.decode(encoded("event.x", five)))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("bare (not without a rule");
        assertThat(bare.mayTry(encoded("event.x", new byte[] {0, 0, 0, 0}))).isTrue();
        assertThat(bare.mayTry(encoded("event.x", new byte[] {2, 0, 0, 0, 1}))).isTrue();
        assertThat(bare.mayTry(encoded("event.x", null))).isTrue();
    }

    @Test
    void aRuleSendsItEverything() {
        registry.register("event.flags", """
                {"type": "record", "name": "Flags", "fields": [
                  {"name": "a", "type": "boolean"}, {"name": "b", "type": "boolean"}, {"name": "c", "type": "boolean"},
                  {"name": "d", "type": "boolean"}, {"name": "e", "type": "boolean"}]}""");
        Transcoders ruled = Transcoders.of(bare).topic("rapids", BareTranscoder.NAME);

        assertThat(ruled.decode(encoded("event.flags", new byte[] {0, 0, 0, 0, 1}))
                        .payload()
                        .asMap())
                .containsEntry("a", false)
                .containsEntry("e", true);
    }

    @Test
    void aSubjectThatIsNotThereIsNamed() {
        assertFails("event.unknown", new byte[] {1})
                .hasMessage("no schema under subject event.unknown at this JVM's memory."
                        + " Register it with migrate-schemas");
        assertThatThrownBy(() -> encode("event.unknown", Optional.empty(), 1))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining("event.unknown: no schema under subject event.unknown");
    }

    @Test
    void anOutageGoesThrough() {
        SchemaShelf shelf = new SchemaShelf();
        shelf.goDown();
        BareTranscoder down = BareTranscoder.of(shelf, SubjectStrategy.eventName());

        assertThatThrownBy(() -> down.decode(encoded("event.x", new byte[] {1})))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private void register() {
        registry.register(EVENT, Events.event(EVENT, """
                        {"name": "greeting", "type": "string"}, {"name": "times", "type": "int"}""").toString());
    }

    private AbstractThrowableAssert<?, ?> assertFails(String event, byte[] value) {
        return assertThatThrownBy(() -> decode(event, value)).isInstanceOf(TranscodeException.class);
    }

    private Decoded decode(String event, byte[] value) {
        return bare.decode(encoded(event, value));
    }

    private byte[] encode(String event, Optional<Meta> meta, Object payload) {
        return bare.encode(outgoing(event, meta, payload));
    }

    private static Encoded encoded(String event, byte[] value) {
        return new Encoded(EventName.of(event), "rapids", new RecordHeaders(), value);
    }

    private static Outgoing outgoing(String event, Optional<Meta> meta, Object payload) {
        return new Outgoing(EventName.of(event), "rapids", meta, payload, new RecordHeaders());
    }
}
