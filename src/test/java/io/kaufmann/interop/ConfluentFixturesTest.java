package io.kaufmann.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of Confluent's wire format, written by Confluent's client and by that of KafkaJS. */
class ConfluentFixturesTest {

    static Stream<Fixture.Written> frames() {
        return Fixture.written("confluent");
    }

    static Stream<Fixture.Written> framesWithIdInTheValue() {
        return frames().filter(frame -> !frame.hasIdInHeader());
    }

    static Stream<Fixture.Written> framesToResolve() {
        return frames().filter(frame -> frame.fixture().hasReader());
    }

    @Test
    void bothClientsWroteAndSomeHaveTheirIdInAHeader() {
        assertThat(frames().map(Fixture.Written::client))
                .contains("@confluentinc/schemaregistry", "@kafkajs/confluent-schema-registry");
        assertThat(frames()).anyMatch(Fixture.Written::hasIdInHeader);
        assertThat(framesToResolve()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isReadFieldByField(Fixture.Written frame) {
        Fixture fixture = frame.fixture();
        AvroTranscoder transcoder =
                AvroTranscoder.builder(new FixtureRegistry(fixture, false)).build();

        Decoded decoded = transcoder.decode(encoded(frame));

        check(fixture.content(), decoded);
    }

    @ParameterizedTest
    @MethodSource("framesToResolve")
    void isReadAsTheReadersSchemaShowsIt(Fixture.Written frame) {
        Fixture fixture = frame.fixture();
        AvroTranscoder transcoder = AvroTranscoder.builder(new FixtureRegistry(fixture, true))
                .readLatest()
                .build();

        Decoded decoded = transcoder.decode(encoded(frame));

        check(fixture.resolved(), decoded);
    }

    @ParameterizedTest
    @MethodSource("framesWithIdInTheValue")
    void isWrittenByteForByte(Fixture.Written frame) {
        Fixture fixture = frame.fixture();
        AvroTranscoder transcoder =
                AvroTranscoder.builder(new FixtureRegistry(fixture, false)).build();

        byte[] written = transcoder.encode(outgoing(fixture));

        assertThat(written).asHexString().isEqualTo(hex(frame.value()));
    }

    static Encoded encoded(Fixture.Written frame) {
        return new Encoded(EventName.of(frame.fixture().event()), "rapids", frame.headers(), frame.value());
    }

    static Outgoing outgoing(Fixture fixture) {
        Fixture.Content content = fixture.content();
        return new Outgoing(
                EventName.of(fixture.event()),
                "rapids",
                Optional.of(Meta.of(content.meta())),
                content.payload(),
                new RecordHeaders());
    }

    static void check(Fixture.Content expected, Decoded decoded) {
        assertThat(Differences.between(expected.meta(), decoded.meta().fields()))
                .as("meta")
                .isEmpty();
        assertThat(Differences.between(expected.payload(), decoded.payload().value()))
                .as("payload")
                .isEmpty();
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
