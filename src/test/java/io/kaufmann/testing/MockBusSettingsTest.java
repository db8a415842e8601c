package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.DeadLetter;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bus of a service's own settings: its retries, dead letters, formats, naming and topics; and a publisher. */
class MockBusSettingsTest {

    private static final String SCHEMAS = "src/test/resources/mock-bus";
    private static final Map<String, Object> ADA = Map.of("name", "Ada");

    private final Silence silence = Silence.of("io.kaufmann");

    @AfterEach
    void speak() {
        silence.close();
    }

    private static EventHandler failing(int times, AtomicInteger attempts) {
        return EventRouter.on("command.greet", event -> {
            attempts.set(event.attempt());
            if (event.attempt() <= times) {
                throw new IllegalStateException("attempt " + event.attempt());
            }
            return Result.reply("event.greeted", Map.of("greeting", "at last"));
        });
    }

    private static KaufmannConfig.Builder service(EventHandler handler) {
        return KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("greeter")
                .defaultTopic("rapids")
                .serviceName("greeter")
                .eventHandler(handler);
    }

    @Test
    void anHourOfRetriesTakesNoTime() {
        AtomicInteger attempts = new AtomicInteger();
        MockBus bus = MockBus.of(
                        failing(2, attempts),
                        settings -> settings.retryPolicy(RetryPolicy.fixed(5, Duration.ofMinutes(30))))
                .schemas(SCHEMAS);
        bus.givenEvent("command.greet", ADA);
        bus.thenNoEvent();
        assertThat(attempts).hasValue(1);
        assertThatThrownBy(() -> bus.thenEvent("event.greeted"))
                .hasMessageContaining("An event waits for its next attempt, in PT30M");

        bus.advance(Duration.ofMinutes(29)).thenNoEvent();
        assertThat(attempts).hasValue(1);
        bus.advance(Duration.ofMinutes(1)).thenNoEvent();
        assertThat(attempts).hasValue(2);
        bus.advance(Duration.ofHours(1)).thenEvent("event.greeted");
        bus.thenNoEvent();
    }

    @Test
    void timePassesForHandlersAndMetadataToo() {
        List<Instant> times = new ArrayList<>();
        MockBus bus = MockBus.of(EventRouter.on("command.greet", event -> {
                    times.add(event.timestamp());
                    return Result.reply("event.greeted", Map.of("greeting", "Hello"));
                }))
                .schemas(SCHEMAS)
                .at(Instant.EPOCH);
        bus.givenEvent("command.greet", ADA);
        bus.advance(Duration.ofSeconds(90)).givenEvent("command.greet", ADA);
        assertThat(times).containsExactly(Instant.EPOCH, Instant.EPOCH.plusSeconds(90));
        assertThat(bus.events())
                .extracting(event -> event.meta().timestampText().orElse(""))
                .containsExactly("1970-01-01 00:00:00.000000Z", "1970-01-01 00:01:30.000000Z");
    }

    @Test
    void whatFailsForGoodIsADeadLetter() {
        AtomicInteger attempts = new AtomicInteger();
        MockBus bus = MockBus.of(
                        failing(9, attempts),
                        settings -> settings.retryPolicy(RetryPolicy.fixed(3, Duration.ofSeconds(1)))
                                .deadLetterTopic(DeadLetters.to("letters")))
                .schemas(SCHEMAS);
        bus.givenEvent(Publication.of("command.greet", ADA).key("42"));
        bus.advance(Duration.ofSeconds(2));
        KeptDeadLetter letter = bus.thenDeadLetter();
        assertThat(letter.event()).isEqualTo("command.greet#42");
        assertThat(letter.topic()).isEqualTo("letters");
        assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.HANDLE);
        assertThat(letter.error()).isEqualTo("attempt 3");
        assertThat(letter.attempts()).isEqualTo(3);
        bus.thenError("command.greet");
        bus.thenNoEvent();
        assertThatThrownBy(bus::thenDeadLetter)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected a dead letter. ")
                .hasMessageContaining("dead letter of command.greet#42 to letters: HANDLE, attempt 3");
    }

    @Test
    void eventsOfAKeyWaitBehindOneThatIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        List<String> handled = new ArrayList<>();
        MockBus bus = MockBus.of(
                        EventRouter.on("command.greet", event -> {
                            attempts.incrementAndGet();
                            if (event.attempt() == 1
                                    && event.payload().text("name").equals("Ada")) {
                                throw new IllegalStateException("not yet");
                            }
                            handled.add(event.payload().text("name"));
                            return Result.noReply();
                        }),
                        settings -> settings.ordering(Ordering.KEY)
                                .retryPolicy(RetryPolicy.fixed(3, Duration.ofSeconds(1))))
                .schemas(SCHEMAS);
        bus.givenEvent(Publication.of("command.greet", ADA).key("1"));
        bus.givenEvent(Publication.of("command.greet", Map.of("name", "Bob")).key("1"));
        bus.givenEvent(Publication.of("command.greet", Map.of("name", "Eve")).key("2"));
        assertThat(handled).containsExactly("Eve");
        bus.advance(Duration.ofSeconds(1));
        assertThat(handled).containsExactly("Eve", "Ada", "Bob");
    }

    @Test
    void aServicesOwnEventsComeBackFromTheTopicsThatItReads() {
        EventRouter.Routes router = EventRouter.on(
                        "command.greet",
                        event -> Result.reply(
                                Publication.of("event.greeted", Map.of("greeting", "1"))
                                        .to("rapids"),
                                Publication.of("event.greeted", Map.of("greeting", "2"))
                                        .to("elsewhere")))
                .on(
                        "event.greeted",
                        event -> Result.reply(Publication.of(
                                        "event.order.paid",
                                        Map.of("id", event.payload().text("greeting")))
                                .to("elsewhere")));
        MockBus bus = MockBus.of(service(router).build()).schemas(SCHEMAS);
        bus.givenEvent("command.greet", ADA);
        assertThat(bus.events())
                .extracting(Event::name)
                .containsExactly("event.greeted", "event.greeted", "event.order.paid");
        bus.thenEvent("event.order.paid", Map.of("id", "1"));
    }

    @Test
    void readsTheServicesOwnSchemaPath() {
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                .schemaPath(java.nio.file.Path.of(SCHEMAS))
                .topicStrategy(TopicStrategy.eventNamespace())
                .build());
        bus.givenEvent("command.greet", ADA);
        assertThat(bus.thenEvent("event.greeted").topic()).isEqualTo("rapids");
    }

    @Test
    void speaksTheServicesFormats() {
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                        .transcoders("avro", "json", "bare")
                        .build())
                .schemas(SCHEMAS);
        bus.givenEvent(Publication.of("command.greet", ADA).format("json"));
        bus.thenEvent("event.greeted", Map.of("greeting", "at last"));
        bus.givenEvent(Publication.of("command.greet", ADA).format("avro"));
        bus.thenEvent("event.greeted", Map.of("greeting", "at last"));
    }

    @Test
    void comparesInTheFormatOfTheReply() {
        MockBus bus = MockBus.of(service(EventRouter.on(
                                "command.greet",
                                event -> Result.reply(Publication.of(
                                                "event.greeted", Map.of("greeting", "Hello", "anything", List.of(1, 2)))
                                        .format("json"))))
                        .transcoders("avro", "json")
                        .build())
                .schemas(SCHEMAS);
        bus.givenEvent("command.greet", ADA);
        bus.thenEvent("event.greeted", Map.of("greeting", "Hello", "anything", List.of(1, 2)));
    }

    @Test
    void namesEventsAsTheServiceDoes() {
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                        .eventNaming(EventNaming.header("ce_type"))
                        .build())
                .schemas(SCHEMAS);
        bus.givenEvent(Publication.of("command.greet", ADA).key("42"));
        Event greeted = bus.thenEvent("event.greeted");
        assertThat(greeted.headers().lastHeader("ce_type")).isNotNull();
        assertThat(greeted.key()).isEmpty();
    }

    @Test
    void aPublisherKeepsWhatItIsGiven() {
        MockPublisher publisher =
                MockPublisher.ofSchemas(SCHEMAS).at(Instant.EPOCH).ids(() -> "m-1");
        Published published = publisher
                .publish(Publication.of("event.greeted", Map.of("greeting", "Hello"))
                        .to("news"))
                .join();
        assertThat(published.records()).extracting(Published.Written::topic).containsExactly("news");
        Event event = publisher.thenEvent("event.greeted", Map.of("greeting", "Hello"));
        assertThat(event.topic()).isEqualTo("news");
        assertThat(event.meta().messageId()).contains("m-1");
        publisher.thenNoEvent();
    }

    @Test
    void aPublisherRefusesWhatDoesNotFit() {
        MockPublisher publisher = MockPublisher.ofSchemas(SCHEMAS);
        assertThatThrownBy(() -> publisher
                        .publish("event.greeted", Map.of("greeting", 1))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("payload.greeting");
        publisher.thenNoEvent();
    }

    @Test
    void aPublisherFailsWhenTold() {
        MockPublisher publisher =
                MockPublisher.ofSchemas(SCHEMAS).failNext(PublishException.unavailable("no broker", null));
        assertThatThrownBy(() -> publisher
                        .publish("event.greeted", Map.of("greeting", "1"))
                        .join())
                .hasCauseInstanceOf(PublishException.class)
                .hasMessageContaining("no broker");
        publisher.publish("event.greeted", Map.of("greeting", "2")).join();
        publisher.thenEvent("event.greeted", Map.of("greeting", "2"));
        publisher.thenNoEvent();
    }

    @Test
    void aPublisherOfAServiceHandlesNothing() {
        MockPublisher publisher = MockPublisher.of(service(failing(0, new AtomicInteger()))
                .schemaPath(java.nio.file.Path.of(SCHEMAS))
                .build());
        publisher.publish("command.greet", ADA).join();
        assertThat(publisher.thenEvent("command.greet").topic()).isEqualTo("rapids");
        publisher.thenNoEvent();
    }

    @Test
    void attemptsThatNeedNoWaitAreMadeAtOnce() {
        AtomicInteger attempts = new AtomicInteger();
        MockBus bus = MockBus.of(
                        failing(2, attempts), settings -> settings.retryPolicy(RetryPolicy.fixed(3, Duration.ZERO)))
                .schemas(SCHEMAS);
        bus.givenEvent("command.greet", ADA).thenEvent("event.greeted");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatComesFromATopicThatTheServiceDoesNotReadIsAMistake() {
        MockBus bus =
                MockBus.of(service(failing(0, new AtomicInteger())).build()).schemas(SCHEMAS);
        assertThatThrownBy(() ->
                        bus.givenEvent(Publication.of("command.greet", ADA).to("rapid")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("The service does not read topic rapid, so nothing comes from there. It reads [rapids]");
    }

    /** Its error event begins as another format does. */
    @Test
    void whatItCannotReadBackIsShownAllTheSame() {
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                        .transcoders("bare")
                        .build())
                .schemas(SCHEMAS);
        bus.givenRecord("command.greet", new byte[] {77});
        Event error = bus.thenError("command.greet");
        assertThat(error.payload().value() == null
                        || error.payload().text("error").contains("Cannot decode"))
                .isTrue();
        bus.thenNoEvent();
    }

    @Test
    void aRecordMayComeWithHeaders() {
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                        .eventNaming(EventNaming.header("ce_type"))
                        .transcoders("json")
                        .build())
                .schemas(SCHEMAS);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("rapids", 2, 7L, "42".getBytes(UTF_8), "{\"name\": \"Ada\"}".getBytes(UTF_8));
        record.headers().add("ce_type", "command.greet".getBytes(UTF_8));
        bus.givenRecord(record).thenEvent("event.greeted");
    }

    @Test
    void telemetryHearsWhatAServicesDoes() {
        List<String> heard = new ArrayList<>();
        Telemetry telemetry = new Telemetry() {
            @Override
            public void decoded(Telemetry.Decoded decoded) {
                heard.add("decoded " + decoded.event());
            }

            @Override
            public void handled(Telemetry.Handled handled) {
                heard.add("handled " + handled.event());
            }

            @Override
            public void encoded(Telemetry.Encoded encoded) {
                heard.add("encoded " + encoded.event());
                throw new IllegalStateException("passed over");
            }

            @Override
            public void published(Telemetry.Published published) {
                heard.add("published " + published.event());
            }
        };
        MockBus bus = MockBus.of(service(failing(0, new AtomicInteger()))
                        .subscriptionTopics("commands")
                        .telemetry(telemetry)
                        .build())
                .schemas(SCHEMAS);
        bus.givenEvent("command.greet", ADA).thenEvent("event.greeted");
        assertThat(heard)
                .containsExactly(
                        "decoded command.greet",
                        "handled command.greet",
                        "encoded event.greeted",
                        "published event.greeted");
    }

    @Test
    void timeDoesNotGoBack() {
        MockBus bus = MockBus.of(failing(0, new AtomicInteger())).schemas(SCHEMAS);
        assertThatThrownBy(() -> bus.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPublisherOfAServiceMayNameItsSchemas() {
        MockPublisher publisher = MockPublisher.of(
                        service(failing(0, new AtomicInteger())).build())
                .schemas(SCHEMAS);
        publisher.publish("event.greeted", Map.of("greeting", "Hello")).join();
        publisher.thenEvent("event.greeted");
    }
}
