package io.kaufmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.health.StartException;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails: what was made for it is closed, and the message says what to mend. */
@Timeout(60)
class FailedStartTest {

    private final Silence silence = Silence.of("io.kaufmann", "org.apache.kafka");
    private final Counting transcoder = new Counting();

    @TempDir
    Path folder;

    @AfterEach
    void speak() {
        silence.close();
    }

    /** Counts how often it is closed. */
    private static final class Counting implements Transcoder, AutoCloseable {

        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Decoded decode(Encoded record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] encode(Outgoing event) {
            return new byte[0];
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static KaufmannConfig.Builder withoutBroker() {
        return Samples.essentials()
                .bootstrapServers("localhost:1")
                .startTimeout(Duration.ofMillis(200))
                .shutdownHook(false);
    }

    private static void assertStartFails(KaufmannConfig.Builder config, String... why) {
        KaufmannConfig complete = config.build();
        assertThatThrownBy(() -> Kaufmann.start(complete))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(why);
    }

    @Test
    void closesTheTranscodersThatItMadeOnceAndLeavesAUsersAlone() {
        assertStartFails(
                withoutBroker().transcoders(registry -> Transcoders.of(transcoder)), "no Kafka broker answered");
        assertThat(transcoder.closed).hasValue(1);

        assertStartFails(withoutBroker().transcoders(Transcoders.of(transcoder)), "no Kafka broker answered");
        assertThat(transcoder.closed).hasValue(1);
    }

    @Test
    void namesATelemetryThatCannotBeMadeReadyAndClosesTheTranscoders() {
        Telemetry broken = new Telemetry() {
            @Override
            public Telemetry forService(Served served) {
                throw new NoClassDefFoundError("on purpose");
            }
        };
        assertStartFails(
                withoutBroker()
                        .transcoders(registry -> Transcoders.of(transcoder))
                        .telemetry(Telemetry.all(broken)),
                "kaufmann.telemetry",
                "NoClassDefFoundError");
        assertThat(transcoder.closed).hasValue(1);
    }

    @Test
    void namesTheFolderThatIsNotThereAndTheFileThatIsNoSchema() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        assertStartFails(
                withoutBroker().schemaPath(List.of(nowhere)).readerSchema(ReaderSchema.LOCAL), nowhere.toString());
        assertStartFails(withoutBroker().transcoders("json").jsonSchemaPath(List.of(nowhere)), nowhere.toString());

        Files.writeString(folder.resolve("event.x.avsc"), "{");
        assertStartFails(withoutBroker().schemaPath(List.of(folder)).writerSchema(WriterSchema.LOCAL), "event.x.avsc");
        Files.writeString(folder.resolve("event.y.json"), "{");
        assertStartFails(withoutBroker().transcoders("json").jsonSchemaPath(List.of(folder)), "event.y.json");
    }

    @Test
    void saysSoWhenWhatMakesTheTranscodersFails() {
        assertStartFails(
                withoutBroker().transcoders(registry -> {
                    throw new IllegalStateException("no serializer");
                }),
                "no serializer");
        assertStartFails(
                withoutBroker().transcoders(registry -> {
                    throw new NoClassDefFoundError("io/confluent/Missing");
                }),
                "io/confluent/Missing");
        assertStartFails(withoutBroker().transcoders(registry -> null), "transcoders(registry -> ...) gave null");
    }
}
