package io.kaufmann.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.publish.Publication;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service's traces, with OpenTelemetry's own spans, and W3C's own headers. */
class MockBusTracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + SENDER + "-01";
    private static final Map<String, Object> ADA = Map.of("name", "Ada");
    private static final EventHandler GREETER =
            EventRouter.on("command.greet", event -> Result.reply("event.greeted", Map.of("greeting", "Hello")));

    private final Silence silence = Silence.of("io.kaufmann");
    private final Spans spans = new Spans();

    @AfterEach
    void close() {
        spans.close();
        silence.close();
    }

    private MockBus bus(EventHandler handler, Consumer<KaufmannConfig.Builder> more) {
        return MockBus.of(handler, settings -> {
                    settings.tracing(spans.tracing());
                    more.accept(settings);
                })
                .schemas("src/test/resources/mock-bus");
    }

    private MockBus bus(EventHandler handler) {
        return bus(handler, settings -> {});
    }

    private static Publication greet() {
        return Publication.of("command.greet", ADA).header("traceparent", TRACEPARENT);
    }

    private static List<String> traceparents(Headers headers) {
        List<String> texts = new ArrayList<>();
        for (Header header : headers.headers("traceparent")) {
            texts.add(new String(header.value(), UTF_8));
        }
        return texts;
    }

    @Test
    void aReplysSpanIsTheChildOfItsEventsHandling() {
        List<String> current = new ArrayList<>();
        MockBus bus = bus(EventRouter.on("command.greet", event -> {
            current.add(Spans.current());
            return Result.reply("event.greeted", Map.of("greeting", "Hello"));
        }));

        bus.givenEvent(greet());

        SpanData handling = spans.one("command.greet process");
        assertThat(handling.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(handling.getTraceId()).isEqualTo(TRACE);
        assertThat(handling.getParentSpanId()).isEqualTo(SENDER);
        assertThat(current).containsExactly(Spans.traceparent(handling));
        assertThat(Spans.current()).isEqualTo("none");
        SpanData reply = spans.one("event.greeted publish");
        assertThat(reply.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(reply.getTraceId()).isEqualTo(TRACE);
        assertThat(reply.getParentSpanId()).isEqualTo(handling.getSpanId());
        assertThat(traceparents(bus.thenEvent("event.greeted").headers())).containsExactly(Spans.traceparent(reply));
        assertThat(spans.ended()).hasSize(2);
    }

    @Test
    void spansTellWhatTheyAreOf() {
        MockBus bus = bus(GREETER).ids(() -> "the-id");
        bus.givenEvent(greet());
        SpanData handling = spans.one("command.greet process");
        assertThat(Spans.told(handling, "messaging.system")).isEqualTo("kafka");
        assertThat(Spans.told(handling, "messaging.operation.name")).isEqualTo("process");
        assertThat(Spans.told(handling, "messaging.operation.type")).isEqualTo("process");
        assertThat(Spans.told(handling, "messaging.destination.name")).isNotEmpty();
        assertThat(Spans.told(handling, "messaging.consumer.group.name")).isNotEmpty();
        assertThat(Spans.told(handling, "messaging.kafka.offset")).isEqualTo("0");
        assertThat(Spans.told(handling, "messaging.message.id")).isEqualTo("the-id");
        assertThat(Spans.told(handling, "kaufmann.event")).isEqualTo("command.greet");
        assertThat(Spans.told(handling, "kaufmann.attempt")).isEqualTo("1");
        Event greeted = bus.thenEvent("event.greeted");
        SpanData reply = spans.one("event.greeted publish");
        assertThat(Spans.told(reply, "messaging.operation.type")).isEqualTo("send");
        assertThat(Spans.told(reply, "messaging.destination.name")).isEqualTo(greeted.topic());
        assertThat(Spans.told(reply, "messaging.destination.partition.id"))
                .isEqualTo(Integer.toString(greeted.partition()));
        assertThat(Spans.told(reply, "messaging.kafka.offset")).isEqualTo(Long.toString(greeted.offset()));
    }

    @Test
    void aReplyThatCopiesItsEventsHeadersHasItsOwn() {
        MockBus bus = bus(EventRouter.on(
                "command.greet",
                event -> Result.reply(Publication.of("event.greeted", Map.of("greeting", "Hello"))
                        .header("traceparent", TRACEPARENT))));
        bus.givenEvent(greet());
        assertThat(traceparents(bus.thenEvent("event.greeted").headers()))
                .containsExactly(Spans.traceparent(spans.one("event.greeted publish")));
    }

    @Test
    void eachAttemptIsASpanAndTheAnswerIsBelowTheLast() {
        MockBus bus = bus(
                EventRouter.on("command.greet", event -> {
                    if (event.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return Result.reply("event.greeted", Map.of("greeting", "at last"));
                }),
                settings -> settings.retryPolicy(RetryPolicy.fixed(2, Duration.ofSeconds(1))));

        bus.givenEvent(greet());
        bus.advance(Duration.ofSeconds(1)).thenEvent("event.greeted");

        List<SpanData> attempts = spans.ended("command.greet process");
        assertThat(attempts).extracting(SpanData::getParentSpanId).containsExactly(SENDER, SENDER);
        assertThat(attempts)
                .extracting(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                .containsExactly(true, false);
        assertThat(attempts)
                .extracting(span -> Spans.told(span, "kaufmann.attempt"))
                .containsExactly("1", "2");
        assertThat(spans.one("event.greeted publish").getParentSpanId())
                .isEqualTo(attempts.get(1).getSpanId());
    }

    @Test
    void anErrorEventAndADeadLetterAreBelowTheHandlingThatFailed() {
        MockBus bus = bus(
                EventRouter.on("command.greet", event -> Result.failure("no, and here is a secret")),
                settings -> settings.deadLetterTopic(DeadLetters.to("letters")));

        bus.givenEvent(greet());

        SpanData handling = spans.one("command.greet process");
        assertThat(handling.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(handling.getEvents()).asString().doesNotContain("secret");
        SpanData letter = spans.one("command.greet publish");
        SpanData error = spans.one("event.error.command.greet publish");
        assertThat(List.of(letter, error)).extracting(SpanData::getParentSpanId).containsOnly(handling.getSpanId());
        assertThat(traceparents(bus.thenDeadLetter().headers())).containsExactly(Spans.traceparent(letter));
        assertThat(traceparents(bus.thenError("command.greet").headers())).containsExactly(Spans.traceparent(error));
    }

    @Test
    void aParkedEventsDeadLetterIsBelowTheSpanOfItsParking() {
        MockBus bus = bus(
                EventRouter.on("command.greet", event -> Result.failure("no")),
                settings -> settings.ordering(Ordering.KEY)
                        .deadLetterTopic(DeadLetters.to("letters"))
                        .deadLetterParking(true));
        bus.givenEvent(greet().key("1"));
        bus.thenDeadLetter();
        bus.givenEvent(greet().key("1"));

        SpanData parking = spans.one("command.greet park");
        assertThat(parking.getTraceId()).isEqualTo(TRACE);
        assertThat(Spans.told(parking, "kaufmann.attempt")).isEqualTo("0");
        SpanData letter = spans.ended("command.greet publish").get(1);
        assertThat(letter.getParentSpanId()).isEqualTo(parking.getSpanId());
        assertThat(traceparents(bus.thenDeadLetter().headers())).containsExactly(Spans.traceparent(letter));
    }

    @Test
    void whatCannotBeDecodedIsFollowedToo() {
        MockBus bus = bus(GREETER, settings -> settings.deadLetterTopic(DeadLetters.to("letters")));
        bus.givenRecord("command.greet", "no event".getBytes(UTF_8));
        SpanData handling = spans.one("command.greet process");
        assertThat(handling.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(spans.one("command.greet publish").getParentSpanId()).isEqualTo(handling.getSpanId());
    }

    @Test
    void anEventThatTellsOfNoTraceBeginsOne() {
        MockBus bus = bus(GREETER);
        bus.givenEvent("command.greet", ADA);
        SpanData handling = spans.one("command.greet process");
        assertThat(handling.getParentSpanContext().isValid()).isFalse();
        assertThat(spans.one("event.greeted publish").getTraceId()).isEqualTo(handling.getTraceId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-" + TRACE + "-" + SENDER,
                "ff-" + TRACE + "-" + SENDER + "-01",
                "00-00000000000000000000000000000000-" + SENDER + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "\u0000\ud800\r\n",
            })
    void aTraceparentThatIsNoneBeginsATraceAndHarmsNothing(String traceparent) {
        MockBus bus = bus(GREETER);
        bus.givenEvent(Publication.of("command.greet", ADA).header("traceparent", traceparent));
        bus.thenEvent("event.greeted");
        SpanData handling = spans.one("command.greet process");
        assertThat(handling.getParentSpanContext().isValid()).isFalse();
        assertThat(handling.getTraceId()).isNotEqualTo(TRACE);
    }

    @Test
    void whatIsPublishedFromOutsideIsBelowWhatIsCurrent() {
        MockBus bus = bus(GREETER);
        var outer = spans.tracer().spanBuilder("outer").startSpan();
        try (Scope scope = outer.makeCurrent()) {
            assertThat(scope).isNotNull();
            bus.publisher()
                    .publish(Publication.of("event.greeted", Map.of("greeting", "Hello")))
                    .join();
        } finally {
            outer.end();
        }
        bus.publisher()
                .publish(Publication.of("event.greeted", Map.of("greeting", "Bye")))
                .join();
        List<SpanData> published = spans.ended("event.greeted publish");
        assertThat(published.get(0).getParentSpanId())
                .isEqualTo(outer.getSpanContext().getSpanId());
        assertThat(published.get(1).getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void withoutATracingHeadersStayAsTheyAre() {
        MockBus bus = MockBus.of(
                        EventRouter.on("command.greet", event -> Result.failure("no")),
                        settings -> settings.deadLetterTopic(DeadLetters.to("letters")))
                .schemas("src/test/resources/mock-bus");
        bus.givenEvent(greet());
        assertThat(traceparents(bus.thenDeadLetter().headers())).containsExactly(TRACEPARENT);
        assertThat(traceparents(bus.thenError("command.greet").headers())).isEmpty();
    }

    /** Any producer can invent names, and observations may be meters. */
    @Test
    void namesOfSpansStayBounded() {
        MockBus bus = bus(event -> Result.noReply());
        for (int i = 0; i < 300; i++) {
            bus.givenRecord("invented-" + i + ":tail#key", "no event".getBytes(UTF_8));
        }
        assertThat(spans.ended().stream()
                        .map(SpanData::getName)
                        .filter(name -> name.endsWith(" process"))
                        .distinct())
                .hasSize(201)
                .contains("invented-0 process", "other process");
    }
}
