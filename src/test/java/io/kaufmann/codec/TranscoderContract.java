package io.kaufmann.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegistryUnavailableException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every transcoder does, whatever its format and whoever's serializer it uses. */
public abstract class TranscoderContract {

    protected static final EventName NAME = EventName.of("event.order.placed#42");

    protected static final Map<String, Object> PAYLOAD =
            Map.of("id", 7L, "name", "Grüße 😀", "price", 12.5, "tags", List.of("a", "b"));

    private static final Meta META = Meta.builder()
            .messageId("m1")
            .emitter("shop", "shop-1")
            .callbackId(Optional.empty())
            .messageName(NAME.text())
            .timestamp(Instant.EPOCH)
            .callbackTopic(Optional.empty())
            .build();

    /** A transcoder that remembers nothing. */
    protected abstract Transcoder transcoder();

    /** Whether it depends on a registry. */
    protected abstract boolean hasRegistry();

    /** Adds a field {@code note} with a default to the schema of the event's payload. */
    protected abstract void evolve();

    /** Whether events are read as they were written, rather than as an older schema has them. */
    protected boolean seesNewFields() {
        return true;
    }

    protected abstract void stopRegistry();

    protected abstract void startRegistry();

    @AfterEach
    protected abstract void close();

    protected static Outgoing outgoing(Optional<Meta> meta, Object payload) {
        return new Outgoing(NAME, "rapids", meta, payload, new RecordHeaders());
    }

    protected static Encoded encoded(byte[] value) {
        return new Encoded(NAME, "rapids", new RecordHeaders(), value);
    }

    private byte[] encode(Object payload) {
        return transcoder().encode(outgoing(Optional.of(META), payload));
    }

    private static void assertIsOrder(Decoded event) {
        assertThat(event.payload().integer("id")).isEqualTo(7);
        assertThat(event.payload().text("name")).isEqualTo("Grüße 😀");
        assertThat(event.payload().number("price")).isEqualTo(12.5);
        assertThat(event.payload().field("tags")).contains(List.of("a", "b"));
    }

    @Test
    void readsWhatItWrote() {
        Decoded event = transcoder().decode(encoded(encode(PAYLOAD)));
        assertIsOrder(event);
        assertThat(event.meta().messageId()).contains("m1");
        assertThat(event.meta().emitterServiceId()).contains("shop-1");
        assertThat(event.meta().timestamp()).contains(Instant.EPOCH);
        assertThat(event.meta().callbackTopic()).isEmpty();
    }

    @Test
    void readsAnEventWithoutMeta() {
        Decoded event = transcoder().decode(encoded(transcoder().encode(outgoing(Optional.empty(), PAYLOAD))));
        assertIsOrder(event);
        assertThat(event.meta().isEmpty()).isTrue();
    }

    @Test
    void sendsOnWhatItRead() {
        Decoded event = transcoder().decode(encoded(encode(PAYLOAD)));
        assertIsOrder(transcoder()
                .decode(encoded(transcoder().encode(outgoing(Optional.of(event.meta()), event.payload())))));
    }

    @Test
    void refusesToEncodeWhatDoesNotFitAndNamesTheEvent() {
        Map<String, Object> wrong = Map.of("id", 7L, "name", new Object(), "price", 12.5, "tags", List.of());
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> encode(wrong))
                .withMessageContaining("event.order.placed")
                .withMessageContaining("payload.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "garbage", "\u0000", "\u0000\u0000\u0000\u0000\u0013", "[]", "{"})
    void refusesWhatIsNotOfItsFormat(String value) {
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> transcoder().decode(encoded(value.getBytes(UTF_8))))
                .withMessageMatching("(?s).{1,1000}");
    }

    @Test
    void refusesDamagedEventsWithoutCallingItAnOutage() {
        byte[] value = encode(PAYLOAD);
        for (int length = 0; length < value.length; length++) {
            byte[] cut = Arrays.copyOf(value, length);
            assertThatExceptionOfType(TranscodeException.class)
                    .as("%d of %d bytes", length, value.length)
                    .isThrownBy(() -> transcoder().decode(encoded(cut)));
        }
    }

    @Test
    void refusesNoValue() {
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> transcoder().decode(encoded(null)))
                .withMessageStartingWith("no value");
    }

    @Test
    void tellsAnOutageOfItsRegistryFromAFailureAndRecovers() {
        assumeTrue(hasRegistry(), "this transcoder asks no registry");
        byte[] value = encode(PAYLOAD);
        Transcoder transcoder = transcoder();
        stopRegistry();
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> transcoder.decode(encoded(value)));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> transcoder.encode(outgoing(Optional.of(META), PAYLOAD)));
        startRegistry();
        assertIsOrder(transcoder.decode(encoded(value)));
        assertIsOrder(transcoder.decode(encoded(transcoder.encode(outgoing(Optional.of(META), PAYLOAD)))));
    }

    @Test
    void readsEventsFromBeforeAndAfterTheirSchemaEvolved() {
        byte[] before = encode(PAYLOAD);
        evolve();
        Map<String, Object> wider = new HashMap<>(PAYLOAD);
        wider.put("note", "new");
        byte[] after = encode(wider);
        assertIsOrder(transcoder().decode(encoded(before)));
        Decoded event = transcoder().decode(encoded(after));
        assertIsOrder(event);
        assertThat(event.payload().field("note")).isEqualTo(seesNewFields() ? Optional.of("new") : Optional.empty());
    }

    @Test
    void writesAndReadsOnManyThreadsAtOnce() {
        Transcoder transcoder = transcoder();
        List<Long> ids = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> {
                    Map<String, Object> payload = Map.of("id", (long) i, "name", "n", "price", 1.0, "tags", List.of());
                    return transcoder
                            .decode(encoded(transcoder.encode(outgoing(Optional.of(META), payload))))
                            .payload()
                            .integer("id");
                })
                .toList();
        assertThat(ids).isEqualTo(LongStream.range(0, 200).boxed().toList());
    }
}
