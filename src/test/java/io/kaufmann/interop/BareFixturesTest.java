package io.kaufmann.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.avro.BareTranscoder;
import io.kaufmann.schema.SubjectStrategy;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bare Avro in KaufmannEx's shape, written by {@code avsc}: commands, replies, queries and their answers, error events, and
 * where answers are awaited. They stand for an Elixir service.
 */
class BareFixturesTest {

    static Stream<Fixture.Written> values() {
        return Fixture.written("bare");
    }

    @ParameterizedTest
    @MethodSource("values")
    void isReadFieldByField(Fixture.Written written) {
        Decoded decoded = transcoder(written.fixture()).decode(ConfluentFixturesTest.encoded(written));

        ConfluentFixturesTest.check(written.fixture().content(), decoded);
    }

    @ParameterizedTest
    @MethodSource("values")
    void isWrittenByteForByte(Fixture.Written written) {
        byte[] bytes = transcoder(written.fixture()).encode(ConfluentFixturesTest.outgoing(written.fixture()));

        assertThat(bytes).isEqualTo(written.value());
    }

    private static BareTranscoder transcoder(Fixture fixture) {
        return BareTranscoder.of(new FixtureRegistry(fixture, false), SubjectStrategy.eventName());
    }
}
