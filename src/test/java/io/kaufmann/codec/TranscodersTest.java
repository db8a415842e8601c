package io.kaufmann.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.testing.Silence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TranscodersTest {

    private static final Transcoder.Encoded RECORD =
            new Transcoder.Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), new byte[0]);
    private static final Transcoder.Outgoing EVENT =
            new Transcoder.Outgoing(EventName.of("event.x"), "rapids", Optional.empty(), 1, new RecordHeaders());

    /** Decodes everything to its own name, and encodes everything as it; or fails by an exception. */
    private record Stub(String name, RuntimeException failure) implements Transcoder {

        @Override
        public Decoded decode(Encoded record) {
            if (failure != null) {
                throw failure;
            }
            return new Decoded(Meta.empty(), Payload.of("event.x", name));
        }

        @Override
        public byte[] encode(Outgoing event) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
    }

    private final Stub avro = new Stub("avro", null);
    private final Stub json = new Stub("json", null);
    private final Stub broken = new Stub("broken", new TranscodeException("not mine"));

    @Test
    void theFirstThatCanDecodes() {
        assertThat(decoded(Transcoders.of(avro, json))).isEqualTo("avro");
        assertThat(decoded(Transcoders.of(broken, json))).isEqualTo("json");
    }

    @Test
    void whenNoneCanEachIsNamedWithItsReason() {
        Stub other = new Stub("other", new TranscodeException("nor mine"));

        TranscodeException failure = catchThrowableOfType(
                TranscodeException.class, () -> Transcoders.of(broken, other).decode(RECORD));

        assertThat(failure)
                .hasMessage("tried broken (not mine), other (nor mine)")
                .hasCause(broken.failure());
        assertThat(failure.getSuppressed()).containsExactly(other.failure());
    }

    @Test
    void whateverATranscoderThrowsTheNextIsTried() {
        Stub careless = new Stub("careless", new ArrayIndexOutOfBoundsException("5"));

        assertThat(decoded(Transcoders.of(careless, json))).isEqualTo("json");
        assertThatThrownBy(() -> Transcoders.of(careless, broken).decode(RECORD))
                .isInstanceOf(TranscodeException.class)
                .hasMessage("tried careless (java.lang.ArrayIndexOutOfBoundsException: 5), broken (not mine)")
                .hasCause(careless.failure());
    }

    @Test
    void anOutageEndsTheSearch() {
        Stub down = new Stub("down", new RegistryUnavailableException("down", null));

        assertThatThrownBy(() -> Transcoders.of(down, json).decode(RECORD)).isSameAs(down.failure());
    }

    @Test
    void encodesByTheFormatAskedForElseTheFirst() {
        Transcoders transcoders = Transcoders.of(avro, json);

        assertThat(transcoders.encode(EVENT, Optional.empty())).asString().isEqualTo("avro");
        assertThat(transcoders.encode(EVENT, Optional.of("json"))).asString().isEqualTo("json");
        assertThatThrownBy(() -> transcoders.encode(EVENT, Optional.of("xml")))
                .isInstanceOf(TranscodeException.class)
                .hasMessage("No transcoder is named 'xml'. There are avro, json");
    }

    @Test
    void aRuleForTheEventGoesBeforeOneForTheTopic() {
        Transcoders transcoders =
                Transcoders.of(broken, avro, json).topic("rap*", "json").event("event.x", "avro");

        assertThat(decoded(transcoders)).isEqualTo("avro");
        assertThat(transcoders.encode(EVENT, Optional.empty())).asString().isEqualTo("avro");
        assertThat(decoded(Transcoders.of(avro, json).topic("rap*", "json"))).isEqualTo("json");
        assertThat(decoded(Transcoders.of(avro, json).topic("rap", "json"))).isEqualTo("avro");
        assertThat(decoded(Transcoders.of(avro, json).event("event.*", "json").event("event.x", "avro")))
                .isEqualTo("json");
    }

    @Test
    void whatARuleNamesIsNotTriedButAsked() {
        Transcoders transcoders = Transcoders.of(avro, broken).event("*", "broken");

        assertThatThrownBy(() -> transcoders.decode(RECORD)).hasMessage("tried broken (not mine)");
    }

    @Test
    void aFormatThatMayNotBeTriedNeedsARule() {
        Stub shy = new Stub("shy", null);
        Transcoder careful = new Transcoder() {
            @Override
            public String name() {
                return "careful";
            }

            @Override
            public boolean mayTry(Encoded record) {
                return false;
            }

            @Override
            public Decoded decode(Encoded record) {
                return shy.decode(record);
            }

            @Override
            public byte[] encode(Outgoing event) {
                return shy.encode(event);
            }
        };

        assertThatThrownBy(() -> Transcoders.of(broken, careful).decode(RECORD))
                .hasMessage(
                        "tried broken (not mine), careful (not without a rule: the value looks like another format)");
        assertThatThrownBy(() -> Transcoders.of(careful).decode(RECORD)).isInstanceOf(TranscodeException.class);
        assertThat(decoded(Transcoders.of(broken, careful).topic("rapids", "careful")))
                .isEqualTo("shy");
    }

    @Test
    void aRuleNamesATranscoderAndAPatternThatCanMatch() {
        Transcoders transcoders = Transcoders.of(avro);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> transcoders.topic("rapids", "bare"))
                .withMessage("No transcoder is named 'bare'. There are avro");
        assertThatIllegalArgumentException().isThrownBy(() -> transcoders.event("event.*.x", "avro"));
        assertThatIllegalArgumentException().isThrownBy(() -> transcoders.event(" ", "avro"));
    }

    @Test
    void namesAreGivenOnceAndThereIsAtLeastOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Transcoders.of(avro, new Stub("avro", null)))
                .withMessage("Two transcoders are named avro");
        assertThatIllegalArgumentException().isThrownBy(Transcoders::of);
    }

    private static Object decoded(Transcoders transcoders) {
        return transcoders.decode(RECORD).payload().value();
    }

    @Test
    void closesEachThatCanBeClosed() {
        List<String> closed = new ArrayList<>();
        Transcoders transcoders = Transcoders.of(new Closing("a", closed, true), avro, new Closing("b", closed, false))
                .event("x", "a");
        Silence silence = Silence.of("io.kaufmann.codec");
        try {
            transcoders.close();
        } finally {
            silence.close();
        }
        assertThat(closed).containsExactly("a", "b");
    }

    private record Closing(String name, List<String> closed, boolean fails) implements Transcoder, AutoCloseable {

        @Override
        public Decoded decode(Encoded record) {
            throw new TranscodeException("not mine");
        }

        @Override
        public byte[] encode(Outgoing event) {
            return new byte[0];
        }

        @Override
        public void close() throws IOException {
            closed.add(name);
            if (fails) {
                throw new IOException("on purpose");
            }
        }
    }
}
