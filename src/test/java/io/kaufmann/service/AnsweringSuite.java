package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNames;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Published;
import io.kaufmann.publish.Target;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.testing.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of an event: replies, error events, callbacks. */
abstract class AnsweringSuite {

    private ServiceWorld world;
    private String greet;
    private String greeted;

    @BeforeEach
    void open(TestEnvironment environment) {
        world = new ServiceWorld(environment, 3, guarantee());
        greet = world.eventType("command.greet", "name", "\"string\"");
        greeted = world.eventType("event.greeted", "greeting", "\"string\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    ProcessingGuarantee guarantee() {
        return ProcessingGuarantee.AT_LEAST_ONCE;
    }

    private EventHandler greeter() {
        return EventRouter.on(
                greet,
                event -> Result.reply(
                        greeted, Map.of("greeting", "Hello " + event.payload().text("name"))));
    }

    private void awaitAllCommitted() {
        await().until(world::allCommitted);
    }

    @Test
    void answersACommandWithAReplyThatHasAFullMeta() {
        world.start(greeter());
        world.send(greet, ServiceWorld.meta(greet, Map.of("callback_id", "c-1")), Map.of("name", "Ada"));

        await().until(() -> world.events(greeted).size() == 1);
        ServiceWorld.Read reply = world.events(greeted).get(0);
        assertThat(reply.payload().get("greeting")).isEqualTo("Hello Ada");
        assertThat(reply.meta().get("message_id")).asString().isNotBlank().isNotEqualTo("sent-" + greet);
        assertThat(reply.meta().get("emitter_service")).isEqualTo("service-under-test");
        assertThat(reply.meta().get("emitter_service_id")).isEqualTo("instance-1");
        assertThat(reply.meta().get("callback_id")).isEqualTo("c-1");
        assertThat(reply.meta().get("message_name")).isEqualTo(greeted);
        assertThat(reply.meta().get("timestamp"))
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
        assertThat(reply.meta().get("callback_topic")).isNull();
        awaitAllCommitted();
    }

    @Test
    void givesTheHandlerAllFactsOfTheEvent() throws Exception {
        BlockingQueue<Event> seen = new LinkedBlockingQueue<>();
        world.start(EventRouter.on(greet, event -> {
            seen.add(event);
            return Result.noReply();
        }));
        world.send(greet + "#42", ServiceWorld.meta(greet, Map.of()), Map.of("name", "Ada"));

        Event event = seen.poll(30, TimeUnit.SECONDS);
        assertThat(event.name()).isEqualTo(greet);
        assertThat(event.key()).contains(greet + "#42");
        assertThat(event.orderingKey()).contains("42");
        assertThat(event.topic()).isEqualTo(world.topic);
        assertThat(event.offset()).isZero();
        assertThat(event.partition()).isBetween(0, 2);
        assertThat(event.consumerGroup()).isEqualTo(world.group);
        assertThat(event.timestamp()).isNotNull();
        assertThat(event.headers()).isEmpty();
        assertThat(event.meta().emitterService()).contains("the-test");
        assertThat(event.meta().timestamp()).isPresent();
    }

    @Test
    void answersWhatAHandlerReturnsOrThrowsAsAnErrorWithAnErrorEvent() {
        String returns = world.eventType("command.returns");
        String raises = world.eventType("command.raises");
        String breaks = world.eventType("command.breaks");
        String forgets = world.eventType("command.forgets");
        world.start(EventRouter.on(returns, event -> Result.failure("no such user"))
                .on(raises, event -> {
                    throw new IllegalStateException("the database is away");
                })
                .on(breaks, event -> {
                    throw new StackOverflowError("too deep");
                })
                .on(forgets, event -> null));
        for (String name : List.of(returns, raises, breaks, forgets)) {
            world.send(name, ServiceWorld.meta(name, Map.of("callback_id", "c-2")), Map.of());
        }

        awaitError(returns, "no such user");
        awaitError(raises, "java.lang.IllegalStateException: the database is away");
        awaitError(breaks, "java.lang.StackOverflowError: too deep");
        awaitError(forgets, "The handler returned null instead of a Result");
        assertThat(world.events("event.error." + returns).get(0).meta().get("callback_id"))
                .isEqualTo("c-2");
        awaitAllCommitted();
    }

    private void awaitError(String name, String error) {
        await().until(() -> !world.events("event.error." + name).isEmpty());
        assertThat(world.events("event.error." + name))
                .singleElement()
                .satisfies(event -> assertThat(event.payload().get("error")).isEqualTo(error));
    }

    @Test
    void neverAnswersAnErrorEventWithAnErrorEvent() {
        String failing = world.eventType("event.error.elsewhere");
        world.start(event -> Result.failure("an error about an error"));
        world.send(failing, Map.of());
        world.sendRaw("event.error.broken", new byte[] {0, 1});

        awaitAllCommitted();
        assertThat(world.readAll()).extracting(ServiceWorld.Read::key).containsExactly(failing);
    }

    @Test
    void passesOverWhatNobodyHandlesWithoutDecodingIt() {
        world.start(greeter());
        world.sendRaw("event.of.others", new byte[] {1, 2, 3});
        world.sendRaw("event.of.others#7", null);

        awaitAllCommitted();
        assertThat(world.environment.topics().endOffsets(world.topic).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void sendsRepliesToEachOfTheirTargets() {
        String elsewhere = world.environment.topics().createUnique("elsewhere", 4);
        String callback = world.environment.topics().createUnique("callback", 4);
        world.start(world.config(EventRouter.on(
                        greet,
                        event -> Result.reply(Publication.of(greeted, Map.of("greeting", "Hi"))
                                .key("7")
                                .header("trace", "abc")
                                .to(Target.defaultTopic(), Target.callback(), Target.topic(elsewhere, 2)))))
                .callbackTopics(callback));
        world.send(
                greet,
                ServiceWorld.meta(greet, Map.of("callback_topic", Map.of("topic", callback, "partition", 3))),
                Map.of("name", "Ada"));

        await().until(() -> world.readAll(elsewhere).size() == 1
                && world.readAll(callback).size() == 1
                && world.events(greeted + "#7").size() == 1);
        assertThat(world.readAll(elsewhere).get(0).record().partition()).isEqualTo(2);
        assertThat(world.readAll(callback).get(0).record().partition()).isEqualTo(3);
        assertThat(world.readAll(callback)
                        .get(0)
                        .record()
                        .headers()
                        .lastHeader("trace")
                        .value())
                .asString()
                .isEqualTo("abc");
        assertThat(world.readAll(elsewhere).get(0).meta())
                .as("one event, three records")
                .isEqualTo(world.readAll(callback).get(0).meta());
    }

    @Test
    void sendsErrorEventsToTheCallbackTopicToo() {
        String callback = world.environment.topics().createUnique("callback", 1);
        world.start(world.config(EventRouter.on(greet, event -> Result.failure("no")))
                .callbackTopics(callback));
        world.send(
                greet,
                ServiceWorld.meta(greet, Map.of("callback_topic", callbackTo(callback, null))),
                Map.of("name", "Ada"));

        await().until(() -> world.readAll(callback).size() == 1);
        awaitError(greet, "no");
    }

    private static Map<String, Object> callbackTo(String topic, Integer partition) {
        Map<String, Object> callback = new java.util.HashMap<>();
        callback.put("topic", topic);
        callback.put("partition", partition);
        return callback;
    }

    @Test
    void refusesCallbackTopicsThatAreNotAllowed() {
        String forbidden = world.environment.topics().createUnique("forbidden", 1);
        world.start(EventRouter.on(
                greet,
                event -> Result.reply(
                        Publication.of(greeted, Map.of("greeting", "Hi")).to(Target.callback()))));
        world.send(
                greet,
                ServiceWorld.meta(greet, Map.of("callback_topic", callbackTo(forbidden, null))),
                Map.of("name", "Ada"));

        await().until(() -> !world.events("event.error." + greet).isEmpty());
        assertThat(world.events("event.error." + greet).get(0).payload().get("error"))
                .asString()
                .contains("callback topic '" + forbidden + "'")
                .contains("kaufmann.callback.topics");
        awaitAllCommitted();
        assertThat(world.environment.clients().readAll(forbidden)).isEmpty();
    }

    @Test
    void aCallbackPartitionOutOfRangeIsTheEventsFailure() {
        String callback = world.environment.topics().createUnique("callback", 2);
        world.start(world.config(EventRouter.on(
                        greet,
                        event -> Result.reply(Publication.of(greeted, Map.of("greeting", "Hi"))
                                .to(Target.callback()))))
                .callbackTopics(callback));
        world.send(
                greet,
                ServiceWorld.meta(greet, Map.of("callback_topic", callbackTo(callback, 5))),
                Map.of("name", "Ada"));

        await().until(() -> !world.events("event.error." + greet).isEmpty());
        assertThat(world.events("event.error." + greet).get(0).payload().get("error"))
                .asString()
                .contains("partition 5 of topic " + callback + ", which has the partitions 0 to 1");
        awaitAllCommitted();
    }

    @Test
    void asksForACallbackAndGetsIt() throws Exception {
        String callback = world.environment.topics().createUnique("callback", 2);
        Kaufmann service = world.start(world.config(greeter())
                .topicStrategy(TopicStrategy.callbackAndDefault())
                .callbackTopics("callback*"));
        Published asked = service.publisher()
                .publish(Publication.of(greet, Map.of("name", "Ada"))
                        .to(Target.defaultTopic())
                        .callbackId("waiting-7")
                        .callbackTopic(CallbackTopic.of(callback, 1)))
                .get(30, TimeUnit.SECONDS);

        assertThat(asked.records())
                .singleElement()
                .satisfies(record -> assertThat(record.topic()).isEqualTo(world.topic));
        await().until(() ->
                world.readAll(callback).size() == 1 && world.events(greeted).size() == 1);
        assertThat(world.readAll(callback).get(0).meta().get("callback_id")).isEqualTo("waiting-7");
    }

    @Test
    void publishesFromOutsideAHandler() throws Exception {
        Kaufmann service = world.start(greeter());
        Published published = service.publisher()
                .publish(greeted, Map.of("greeting", "Hello world"))
                .get(30, TimeUnit.SECONDS);

        assertThat(published.event()).isEqualTo(greeted);
        assertThat(published.records()).hasSize(1);
        assertThat(world.events(greeted).get(0).record().offset())
                .isEqualTo(published.records().get(0).offset());
        CompletableFuture<Published> misfit = service.publisher().publish(greeted, Map.of("greetings", "typo"));
        assertThat(misfit)
                .failsWithin(java.time.Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("greeting");
    }

    @Test
    void sendsRepliesInTheirOrderToATopicThatWasNotKnown() {
        String fresh = world.environment.topics().createUnique("fresh", 1);
        world.start(EventRouter.on(
                greet,
                event -> Result.reply(Stream.of("1", "2", "3", "4", "5")
                        .map(n -> Publication.of(greeted, Map.of("greeting", n)).to(fresh))
                        .toList())));
        world.send(greet, Map.of("name", "Ada"));

        await().until(() -> world.readAll(fresh).size() == 5);
        assertThat(world.readAll(fresh))
                .extracting(event -> event.payload().get("greeting"))
                .hasToString("[1, 2, 3, 4, 5]");
    }

    @Test
    void publishesInOrderToATopicThatWasNotKnown() {
        String fresh = world.environment.topics().createUnique("fresh", 1);
        Kaufmann service = world.start(greeter());
        for (int n = 1; n <= 50; n++) {
            var unused = service.publisher()
                    .publish(Publication.of(greeted, Map.of("greeting", "" + n)).to(fresh));
        }

        await().until(() -> world.readAll(fresh).size() == 50);
        assertThat(world.readAll(fresh))
                .extracting(event -> Integer.parseInt((String) event.payload().get("greeting")))
                .isSorted();
    }

    @Test
    void survivesErrorsThatCannotTellOfThemselves() {
        String raises = world.eventType("command.raises");
        String returns = world.eventType("command.returns");
        world.start(EventRouter.on(raises, event -> {
                    throw new Unspeakable();
                })
                .on(
                        returns,
                        event -> Result.failure(new Object() {
                            @Override
                            public String toString() {
                                throw new IllegalStateException("no session");
                            }
                        })));
        world.send(raises, Map.of());
        world.send(returns, Map.of());

        await().until(() -> world.events("event.error." + raises).size() == 1
                && world.events("event.error." + returns).size() == 1
                && world.allCommitted());
    }

    /** An exception that throws when it is asked for its message. */
    private static final class Unspeakable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @Test
    void workersOutliveTheInterruptsThatHandlersLeave() {
        AtomicInteger handled = new AtomicInteger();
        world.start(world.config(EventRouter.on(greet, event -> {
                    Thread.currentThread().interrupt();
                    handled.incrementAndGet();
                    return Result.reply(greeted, Map.of("greeting", "still here"));
                }))
                .maxDemand(2));
        for (int i = 0; i < 50; i++) {
            world.send(greet, Map.of("name", "Ada"));
        }

        await().until(() -> world.events(greeted).size() == 50 && world.allCommitted());
        assertThat(handled).hasValue(50);
    }

    @Test
    void sendsThroughTheProducerThatTheFactoryMakes() {
        AtomicReference<Map<String, Object>> settings = new AtomicReference<>();
        AtomicReference<Producer<byte[], byte[]>> made = new AtomicReference<>();
        world.start(world.config(greeter()).producerFactory(wanted -> {
            settings.set(wanted);
            made.set(ProducerFactory.kafka().create(wanted));
            return made.get();
        }));
        world.send(greet, Map.of("name", "Ada"));

        await().until(() -> world.events(greeted).size() == 1);
        assertThat(settings.get()).containsEntry("acks", "all").containsEntry("enable.idempotence", true);
        assertThat(made.get().metrics().entrySet())
                .anyMatch(metric -> metric.getKey().name().equals("record-send-total")
                        && metric.getValue().metricValue().equals(1.0));
    }

    @Test
    void anErrorEventForACallbackOnTheDefaultTopicIsOneRecord() {
        world.start(EventRouter.on(greet, event -> Result.failure("no")));
        world.send(
                greet,
                ServiceWorld.meta(greet, Map.of("callback_topic", callbackTo(world.topic, null))),
                Map.of("name", "Ada"));

        awaitAllCommitted();
        assertThat(world.events("event.error." + greet)).hasSize(1);
    }

    @Test
    void handlesWhatAHandlerWantsToHandle() {
        assertThat(greeter().handledEvents()).isEqualTo(EventNames.of(greet));
    }
}
