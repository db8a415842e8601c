package io.kaufmann.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Publisher;
import io.kaufmann.publish.Target;
import io.kaufmann.testing.KeptDeadLetter;
import io.kaufmann.testing.MockBus;
import io.kaufmann.testing.MockPublisher;
import io.kaufmann.testing.Silence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows. */
class TestingDocTest {

    private static final String SCHEMAS = "src/test/resources/mock-bus";

    private final Silence silence = Silence.of("io.kaufmann");

    @AfterEach
    void speak() {
        silence.close();
    }

    private static final class Greeter implements EventHandler {
        @Override
        public EventNames handledEvents() {
            return EventNames.of("command.greet");
        }

        @Override
        public Result givenEvent(Event event) {
            Publication greeted = Publication.of(
                    "event.greeted",
                    Map.of("greeting", "Hello " + event.payload().text("name")));
            return Result.reply(event.meta().callbackTopic().isPresent() ? greeted.to(Target.callback()) : greeted);
        }
    }

    private static MockBus greeterBus() {
        return MockBus.of(new Greeter()).schemas(SCHEMAS);
    }

    @Test
    void aTest() {
        MockBus bus = greeterBus();
        // begin first
        bus.givenEvent("command.greet", Map.of("name", "Ada"));
        Event greeted = bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada"));
        bus.thenNoEvent();
        // end first
        assertThat(greeted.topic()).isEqualTo("mock-topic");
    }

    @Test
    void aFailureTellsAsShown() throws IOException {
        MockBus bus = greeterBus();
        bus.givenEvent("command.greet", Map.of("name", "Bob"));
        assertThatThrownBy(() -> bus.thenEvent("event.greeted", Map.of("greeting", "Hello Ada")))
                .hasMessage(resource("mock-bus-differs.txt"));
        assertThatThrownBy(() -> bus.givenEvent("command.gret", Map.of("name", "Bob")))
                .satisfies(error -> assertThat(error.getMessage().replaceAll(" \\(/.*?\\)", ""))
                        .isEqualTo(resource("mock-bus-no-schema.txt")));
        assertThatThrownBy(() -> bus.givenEvent("command.greet", Map.of("nam", "Bob")))
                .hasMessage(resource("mock-bus-misfit.txt"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = TestingDocTest.class.getResourceAsStream("/docs/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void anEventWithAllThatBelongsToIt() {
        MockBus bus = greeterBus();
        // begin publication
        bus.givenEvent(Publication.of("command.greet", Map.of("name", "Ada"))
                .key("42")
                .header("tenant", "acme")
                .callbackId("c-1")
                .callbackTopic(CallbackTopic.of("answers"))
                .to("commands"));

        Event answer = bus.thenEvent("event.greeted", event -> event.topic().equals("answers"));
        // end publication
        assertThat(answer.meta().callbackId()).contains("c-1");
    }

    @Test
    void exactMetadata() {
        MockBus bus = greeterBus();
        // begin meta
        AtomicInteger number = new AtomicInteger();
        bus.at(Instant.parse("2026-01-01T12:00:00Z")).ids(() -> "m-" + number.incrementAndGet());
        bus.givenEvent("command.greet", Map.of("name", "Ada"));

        Event greeted = bus.thenEvent("event.greeted");
        assertThat(greeted.meta().messageId()).contains("m-2"); // m-1 is the command
        assertThat(greeted.meta().timestampText()).contains("2026-01-01 12:00:00.000000Z");
        // end meta
    }

    @Test
    void failuresAndRetries() {
        EventHandler failing = EventRouter.on("command.greet", event -> {
            throw new IllegalStateException("out of greetings");
        });
        // begin retries
        MockBus bus = MockBus.of(
                        failing,
                        settings -> settings.retryPolicy(RetryPolicy.fixed(3, Duration.ofMinutes(30)))
                                .deadLetterTopic(DeadLetters.to("letters")))
                .schemas("src/test/resources/mock-bus");
        bus.givenEvent("command.greet", Map.of("name", "Ada"));
        bus.thenNoEvent(); // it waits for its second attempt

        bus.advance(Duration.ofHours(1)); // no time at all
        KeptDeadLetter letter = bus.thenDeadLetter();
        assertThat(letter.attempts()).isEqualTo(3);
        Event error = bus.thenError("command.greet");
        assertThat(error.payload().text("error")).contains("out of greetings");
        // end retries
        bus.thenNoEvent();
    }

    @Test
    void aServiceAsItIsConfigured() {
        KaufmannConfig config = KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(new Greeter())
                .build();
        // begin config
        MockBus bus = MockBus.of(config).schemas("src/test/resources/mock-bus");
        bus.givenEvent("command.greet", Map.of("name", "Ada"));
        assertThat(bus.thenEvent("event.greeted").topic()).isEqualTo("rapids");
        // end config
    }

    /** Publishes outside a handler. */
    private record Importer(Publisher publisher) {

        boolean imported() {
            return !publisher
                    .publish("event.greeted", Map.of("greeting", "3 rows"))
                    .isCompletedExceptionally();
        }
    }

    @Test
    void aPublisher() {
        // begin publisher
        MockPublisher publisher = MockPublisher.ofSchemas("src/test/resources/mock-bus");
        assertThat(new Importer(publisher).imported()).isTrue();
        publisher.thenEvent("event.greeted", Map.of("greeting", "3 rows"));

        publisher.failNext(PublishException.unavailable("the broker is away", null));
        assertThat(new Importer(publisher).imported()).isFalse();
        publisher.thenNoEvent();
        // end publisher
    }
}
