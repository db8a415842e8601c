package io.kaufmann.internal.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNaming;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import io.kaufmann.testing.Spans;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaPublisherTest {

    private final ScriptedCluster cluster = new ScriptedCluster();
    private final MockProducer<byte[], byte[]> producer =
            ScriptedCluster.producer(false, "default", "other", "missing");
    private final SettableClock clock = new SettableClock();
    private EventNaming naming = EventNaming.key();
    private PartitionStrategy partitions = PartitionStrategy.orderingKey();
    private Tracing tracing = Tracing.NONE;
    private KafkaPublisher publisher;

    /** Writes the payload's text; some payloads fail. */
    private static final class PlainText implements Transcoder {

        @Override
        public String name() {
            return "text";
        }

        @Override
        public Decoded decode(Encoded record) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] encode(Outgoing event) {
            if (event.payload() instanceof RuntimeException failure) {
                throw failure;
            }
            if (event.payload() instanceof Error failure) {
                throw failure;
            }
            return event.payload().toString().getBytes(UTF_8);
        }
    }

    private KafkaPublisher publisher() {
        if (publisher == null) {
            publisher = new KafkaPublisher(
                    producer,
                    cluster::admin,
                    new RecordMaker.Parts(
                            naming,
                            "default",
                            TopicStrategy.defaultTopic(),
                            partitions,
                            CallbackTopics.of("*"),
                            MetaSource.standard("service", "1", clock, () -> "id"),
                            Transcoders.of(new PlainText()),
                            clock,
                            Telemetry.NONE),
                    tracing);
        }
        return publisher;
    }

    @AfterEach
    void close() {
        cluster.letGo();
        publisher().close(Duration.ZERO);
    }

    private static Publication event() {
        return Publication.of("order.placed", "text");
    }

    private CompletableFuture<Published> publish(Publication publication) {
        CompletableFuture<Published> published = publisher().publish(publication);
        await().until(() -> published.isDone() || !producer.history().isEmpty());
        return published;
    }

    private static PublishException problem(CompletableFuture<?> future) throws Exception {
        try {
            future.get(30, SECONDS);
        } catch (ExecutionException e) {
            return (PublishException) e.getCause();
        }
        throw new AssertionError("It was published");
    }

    @Test
    void writesTheNameWhereTheNamingSays() {
        naming = EventNaming.header("type");
        var unused = publish(event().key("42").header("type", "another"));
        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(new String(record.key(), UTF_8)).isEqualTo("42");
        assertThat(record.headers().headers("type")).hasSize(1);
        assertThat(new String(record.headers().lastHeader("type").value(), UTF_8))
                .isEqualTo("order.placed");
    }

    @Test
    void isPublishedWhenTheBrokerHasAcknowledgedIt() throws Exception {
        CompletableFuture<Published> published = publish(event().key("42").header("h", "v"));
        assertThat(published).isNotDone();

        producer.completeNext();

        Published done = published.get(30, SECONDS);
        assertThat(done.event()).isEqualTo("order.placed#42");
        assertThat(done.records()).hasSize(1);
        assertThat(producer.history().get(0).topic()).isEqualTo("default");
        assertThat(new String(producer.history().get(0).key(), UTF_8)).isEqualTo("order.placed#42");
        assertThat(producer.history().get(0).partition()).isNotNull();
        assertThat(producer.history().get(0).headers().lastHeader("h").value()).isEqualTo("v".getBytes(UTF_8));
    }

    @Test
    void isPublishedWhenAllItsRecordsAre() throws Exception {
        CompletableFuture<Published> published =
                publisher().publish(event().to(Target.topic("other", 2), Target.defaultTopic(), Target.callback()));
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();
        assertThat(published).isNotDone();
        producer.completeNext();
        assertThat(published.get(30, SECONDS).records())
                .extracting(Written::topic)
                .containsExactly("other", "default");
    }

    @Test
    void neverHoldsUpWhoeverSendsToATopicThatIsNotKnownYet() throws Exception {
        cluster.hold();
        CompletableFuture<Published> published = publisher().publish(event());
        assertThat(published).isNotDone();
        assertThat(producer.history()).isEmpty();

        cluster.letGo();
        await().until(() -> producer.history().size() == 1);
        producer.completeNext();
        published.get(30, SECONDS);
    }

    /** A partition may go to another process while what answers its events waits for a topic to be looked up. */
    @Test
    void doesNotSendWhatIsNotWantedAnyMoreOnceItsTopicIsKnown() {
        OutgoingRecord record = publisher().prepare(event(), Optional.empty()).get(0);
        AtomicBoolean wanted = new AtomicBoolean(true);
        Queue<PublishException> problems = new ConcurrentLinkedQueue<>();
        cluster.hold();
        publisher().send(record, new Outbox.Acknowledgement() {
            @Override
            public boolean isWanted() {
                return wanted.get();
            }

            @Override
            public void written(Written written) {}

            @Override
            public void failed(PublishException error) {
                problems.add(error);
            }
        });
        wanted.set(false);

        cluster.letGo();

        await().until(() -> !problems.isEmpty());
        assertThat(problems).singleElement().matches(PublishException::retriable);
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void rejectsWhatGoesToATopicThatIsMissingWithoutGivingItToTheProducer() throws Exception {
        cluster.missing("missing");
        PublishException problem = problem(publisher().publish(event().to("missing")));
        assertThat(problem.retriable()).isFalse();
        assertThat(problem).hasMessageContaining("Cannot publish order.placed: topic missing does not exist");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void callsASilentClusterAnOutage() throws Exception {
        cluster.fail("default", new TimeoutException("on purpose"));
        assertThat(problem(publisher().publish(event())).retriable()).isTrue();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void rejectsAPartitionThatATopicDoesNotHave() throws Exception {
        PublishException problem = problem(publisher().publish(event().to(Target.topic("other", 3))));
        assertThat(problem.retriable()).isFalse();
        assertThat(problem).hasMessageContaining("partition 3 of topic other, which has the partitions 0 to 2");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void rejectsWhatAPartitionStrategyFailsOn() throws Exception {
        partitions = (publication, cause, count) -> {
            throw new AssertionError("on purpose");
        };
        assertThat(problem(publisher().publish(event())).retriable()).isFalse();
    }

    @Test
    void looksATopicUpAgainAfterAnOutageOfIt() throws Exception {
        CompletableFuture<Published> published = publish(event());
        producer.errorNext(new TimeoutException("on purpose"));
        assertThat(problem(published).retriable()).isTrue();

        cluster.missing("default");
        assertThat(problem(publisher().publish(event())).retriable()).isFalse();
    }

    @Test
    void keepsATopicThatRefusedOneRecord() throws Exception {
        CompletableFuture<Published> published = publish(event());
        producer.errorNext(new RecordTooLargeException("on purpose"));
        assertThat(problem(published).retriable()).isFalse();
        int questions = cluster.questions.get();

        assertThat(publisher().publish(event())).isNotDone();

        assertThat(producer.history()).hasSize(2);
        assertThat(cluster.questions).hasValue(questions);
    }

    @Test
    void tellsOfAProducerThatThrows() throws Exception {
        producer.sendException = new IllegalStateException("closed, on purpose");
        assertThat(problem(publisher().publish(event())).retriable()).isTrue();
        producer.sendException = null;
    }

    @Test
    void sendsTheSameRecordAgainAsItWas() {
        OutgoingRecord record =
                publisher().prepare(event().header("h", "v"), Optional.empty()).get(0);
        Queue<Object> answers = new ConcurrentLinkedQueue<>();
        Outbox.Acknowledgement acknowledgement = new Outbox.Acknowledgement() {
            @Override
            public void written(Written written) {
                answers.add(written);
            }

            @Override
            public void failed(PublishException error) {
                answers.add(error);
            }
        };
        publisher().send(record, acknowledgement);
        await().until(() -> producer.history().size() == 1);
        producer.errorNext(new TimeoutException("on purpose"));
        publisher().send(record, acknowledgement);
        await().until(() -> producer.history().size() == 2);
        producer.completeNext();

        assertThat(answers).hasSize(2);
        assertThat(producer.history().get(1).value())
                .isSameAs(producer.history().get(0).value());
        assertThat(producer.history().get(1).headers())
                .isEqualTo(producer.history().get(0).headers());
    }

    private static List<String> traceparents(ProducerRecord<byte[], byte[]> record) {
        List<String> texts = new ArrayList<>();
        record.headers().headers("traceparent").forEach(header -> texts.add(new String(header.value(), UTF_8)));
        return texts;
    }

    private static Outbox.Acknowledgement nobody() {
        return new Outbox.Acknowledgement() {
            @Override
            public void written(Written written) {}

            @Override
            public void failed(PublishException error) {}
        };
    }

    @Test
    void eachTimeThatARecordIsSentIsASpanWhichItsOneHeaderTellsOf() {
        try (Spans spans = new Spans()) {
            tracing = spans.tracing();
            OutgoingRecord record = publisher()
                    .prepare(event().header("traceparent", "another's").header("h", "v"), Optional.empty())
                    .get(0);
            publisher().send(record, nobody());
            await().until(() -> producer.history().size() == 1);
            assertThat(spans.ended()).isEmpty();
            producer.errorNext(new TimeoutException("on purpose"));
            publisher().send(record, nobody());
            await().until(() -> producer.history().size() == 2);
            producer.completeNext();

            List<SpanData> sent = spans.ended("order.placed publish");
            assertThat(sent)
                    .extracting(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                    .containsExactly(true, false);
            assertThat(new String(record.headers().lastHeader("traceparent").value(), UTF_8))
                    .isEqualTo("another's");
            for (int i = 0; i < 2; i++) {
                assertThat(traceparents(producer.history().get(i))).containsExactly(Spans.traceparent(sent.get(i)));
                assertThat(producer.history().get(i).headers().headers("h")).hasSize(1);
            }
        }
    }

    /** Its topic is looked up by another thread. */
    @Test
    void whatIsPublishedIsBelowWhatIsCurrentWhereItIsPublishedAndNotWhereItIsSent() throws Exception {
        try (Spans spans = new Spans()) {
            tracing = spans.tracing();
            cluster.hold();
            var outer = spans.tracer().spanBuilder("outer").startSpan();
            CompletableFuture<Published> published;
            try (Scope scope = outer.makeCurrent()) {
                assertThat(scope).isNotNull();
                published = publisher().publish(event());
            }
            cluster.letGo();
            await().until(() -> producer.history().size() == 1);
            producer.completeNext();
            published.get(30, SECONDS);
            assertThat(spans.one("order.placed publish").getParentSpanId())
                    .isEqualTo(outer.getSpanContext().getSpanId());
        }
    }

    @Test
    void theSpanOfWhatIsNeverGivenToTheProducerEnds() throws Exception {
        try (Spans spans = new Spans()) {
            tracing = spans.tracing();
            cluster.missing("missing");
            problem(publisher().publish(event().to("missing")));
            assertThat(spans.one("order.placed publish").getStatus().getStatusCode())
                    .isEqualTo(StatusCode.ERROR);
        }
    }

    @Test
    void withoutATracingTheRecordsHeadersGoOutAsTheyAre() {
        OutgoingRecord record = publisher()
                .prepare(event().header("traceparent", "another's"), Optional.empty())
                .get(0);
        publisher().send(record, nobody());
        await().until(() -> producer.history().size() == 1);
        assertThat(traceparents(producer.history().get(0))).containsExactly("another's");
    }

    @Test
    void tellsAnOutageOfTheRegistryFromAPayloadThatDoesNotFit() {
        for (Object payload : List.of(
                new TranscodeException("on purpose"),
                new IllegalStateException("on purpose"),
                new StackOverflowError("on purpose"),
                new OutOfMemoryError("on purpose"))) {
            assertThatThrownBy(() -> publisher().prepare(Publication.of("order.placed", payload), Optional.empty()))
                    .asInstanceOf(type(PublishException.class))
                    .returns(false, PublishException::retriable);
        }
        Publication away = Publication.of("order.placed", new RegistryUnavailableException("on purpose", null));
        assertThatThrownBy(() -> publisher().prepare(away, Optional.empty()))
                .asInstanceOf(type(PublishException.class))
                .returns(true, PublishException::retriable);
    }
}
