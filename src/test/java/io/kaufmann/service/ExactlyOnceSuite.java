package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.health.StartException;
import io.kaufmann.health.State;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.TopicReader;
import io.kaufmann.testing.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replies, error events and dead letters in transactions with the offsets of their events. */
abstract class ExactlyOnceSuite {

    private ServiceWorld world;
    private String ask;
    private String answered;
    // Of one partition, so that it has one order.
    private String answers;

    @BeforeEach
    void open(TestEnvironment environment) {
        world = new ServiceWorld(environment, 3, ProcessingGuarantee.EXACTLY_ONCE);
        ask = world.eventType("command.ask", "number", "\"int\"");
        answered = world.eventType("event.answered", "text", "\"string\"");
        answers = environment.topics().createUnique("answers", 1);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Result answer(long number, String topic) {
        return Result.reply(
                Publication.of(answered, Map.of("text", "to " + number)).to(Target.topic(topic)));
    }

    private EventHandler answering() {
        return EventRouter.on(ask, event -> answer(event.payload().integer("number"), answers));
    }

    private void ask(int from, int to) {
        IntStream.range(from, to).forEach(number -> world.send(ask, Map.of("number", number)));
    }

    private void write(String topic, String name, Map<String, ?> payload) {
        byte[] value = world.frame(name, ServiceWorld.meta(name, Map.of()), payload);
        world.environment.producer().write(RawProducer.record(topic, name, value));
    }

    private List<String> texts(String topic) {
        return world.readAll(topic).stream()
                .filter(read -> read.key().equals(answered))
                .map(read -> read.payload().get("text").toString())
                .toList();
    }

    /** What stands in a topic, committed or not. */
    private int written(String topic) {
        return TopicReader.readAll(world.environment.bootstrapServers(), topic).size();
    }

    @ParameterizedTest
    @EnumSource(Ordering.class)
    void answersEachEventOnceAndCommitsIt(Ordering ordering) {
        world.start(world.config(answering()).ordering(ordering));
        ask(0, 300);

        await().until(() -> texts(answers).size() >= 300);
        await().until(world::allCommitted);
        assertThat(texts(answers))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 300)
                        .mapToObj(number -> "to " + number)
                        .toList());
    }

    @Test
    void answersInTheOrderOfTheEventsThoughHandlersEndInAnother() throws Exception {
        String asks = world.environment.topics().createUnique("asks", 1);
        CountDownLatch others = new CountDownLatch(19);
        world.start(world.config(EventRouter.on(ask, event -> {
                    long number = event.payload().integer("number");
                    if (number == 0) {
                        others.await();
                    } else {
                        others.countDown();
                    }
                    return answer(number, answers);
                }))
                .subscriptionTopics(asks));
        for (int number = 0; number < 20; number++) {
            write(asks, ask, Map.of("number", number));
        }

        await().until(() -> texts(answers).size() == 20);
        assertThat(texts(answers))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(number -> "to " + number)
                        .toList());
    }

    @Test
    void answersTheFirstEventAfterAQuietTimeAtOnceHoweverLongTheInterval() {
        world.start(world.config(answering()).commitInterval(Duration.ofHours(1)));
        ask(0, 1);

        await().until(() -> texts(answers).equals(List.of("to 0")));
        // The next one waits for its interval: it is the stop that commits it.
        ask(1, 2);
        world.close();
        assertThat(texts(answers)).isIn(List.of("to 0"), List.of("to 0", "to 1"));
        world.start(world.config(answering()));
        await().until(() -> texts(answers).equals(List.of("to 0", "to 1")));
    }

    @Test
    void failsTheOneEventWhoseReplyItsTopicRefusesAndCommitsTheOthers() {
        String narrow = Topics.unique("narrow");
        world.environment.topics().create(narrow, 1, Map.of("max.message.bytes", "10000"));
        String dead = world.environment.topics().createUnique("dead", 1);
        world.start(world.config(EventRouter.on(ask, event -> {
                    long number = event.payload().integer("number");
                    return number % 10 == 3
                            ? Result.reply(Publication.of(answered, Map.of("text", "x".repeat(20_000)))
                                    .to(Target.topic(narrow)))
                            : answer(number, narrow);
                }))
                .deadLetterTopic(DeadLetters.to(dead)));
        ask(0, 50);

        await().until(() -> world.events("event.error." + ask).size() == 5);
        await().until(() -> texts(narrow).size() == 45);
        await().until(world::allCommitted);
        assertThat(world.environment.clients().readAll(dead).stream()
                        .map(record -> record.headers().lastHeader("__connect.errors.stage")))
                .doesNotContainNull();
        assertThat(texts(narrow)).doesNotHaveDuplicates().noneMatch(text -> text.length() > 10);
        // The transactions that it spoiled are there, for those who read uncommitted.
        assertThat(written(narrow)).isGreaterThan(45);
    }

    @Test
    void failsAnEventWhoseReplyIsLargerThanAnyRequestWithoutSpoilingATransaction() {
        world.start(world.config(EventRouter.on(ask, event -> {
            long number = event.payload().integer("number");
            return number == 3
                    ? Result.reply(Publication.of(answered, Map.of("text", "x".repeat(2_000_000)))
                            .to(Target.topic(answers)))
                    : answer(number, answers);
        })));
        ask(0, 10);

        await().until(() -> world.events("event.error." + ask).size() == 1);
        await().until(() -> texts(answers).size() == 9);
        await().until(world::allCommitted);
    }

    @Test
    void goesOnWithItsLaneWhenALetterIsRefusedWhileItsHandlerIsStillOut() throws Exception {
        String asks = world.environment.topics().createUnique("asks", 1);
        String narrow = Topics.unique("narrow");
        world.environment.topics().create(narrow, 1, Map.of("max.message.bytes", "10000"));
        String large = world.eventType("command.large", "text", "\"string\"");
        CountDownLatch release = new CountDownLatch(1);
        world.start(world.config(EventRouter.on(large, event -> {
                            awaitWhateverComes(release);
                            return Result.noReply();
                        })
                        .on(ask, event -> answer(event.payload().integer("number"), answers)))
                .subscriptionTopics(asks)
                .ordering(Ordering.PARTITION)
                .handlerTimeLimit(Duration.ofMillis(300))
                .deadLetterTopic(DeadLetters.to(narrow)));
        write(asks, large, Map.of("text", "x".repeat(20_000)));
        write(asks, ask, Map.of("number", 1));
        await().until(() -> world.events("event.error." + large).size() == 1);

        release.countDown();

        await().until(() -> texts(answers).equals(List.of("to 1")));
    }

    /** It heeds no interrupt. */
    private static void awaitWhateverComes(CountDownLatch release) {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void writesToATopicThatWasMadeAnewWithFewerPartitions() {
        String target = Topics.unique("target");
        world.environment.topics().create(target, 6);
        AtomicInteger handled = new AtomicInteger();
        world.start(world.config(EventRouter.on(ask, event -> {
                    handled.incrementAndGet();
                    return answer(event.payload().integer("number"), target);
                }))
                .commitInterval(Duration.ofSeconds(3))
                .partitionStrategy((publication, cause, partitions) -> OptionalInt.of(partitions - 1)));
        ask(0, 1);
        await().until(() -> texts(target).size() == 1);
        // Kept until the interval is over.
        ask(1, 11);
        await().until(() -> handled.get() == 11);
        world.environment.topics().delete(target);
        await().until(() -> !world.environment.topics().exists(target));
        world.environment.topics().create(target, 2);

        await().atMost(Duration.ofSeconds(60)).until(world::allCommitted);
    }

    @Test
    void beginsAgainFromWhatIsCommittedWhenAnotherTakesItsTransactionalId() {
        world.start(world.config(answering()).transactionalIdPrefix(world.group));
        ask(0, 20);
        await().until(() -> texts(answers).size() == 20);
        world.start(
                world.config(answering()).consumerGroup(world.group + "-other").transactionalIdPrefix(world.group));
        ask(20, 40);

        // Each group answers each event, once.
        await().atMost(Duration.ofSeconds(60)).until(() -> texts(answers).size() >= 80);
        await().until(world::allCommitted);
        List<String> expected = new ArrayList<>();
        IntStream.range(0, 40).forEach(number -> expected.addAll(List.of("to " + number, "to " + number)));
        assertThat(texts(answers)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void doesNotStartWithATransactionTimeOutThatTheBrokerRefuses() {
        assertThatThrownBy(() -> world.start(world.config(answering())
                        .kafkaProducer("transaction.timeout.ms", "86400000")
                        .kafkaConsumer("max.poll.interval.ms", "172800000")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("transactions cannot be had")
                .hasMessageContaining("transaction.max.timeout.ms");
    }

    @Test
    void publishesFromOutsideAHandlerAtOnce() {
        var service = world.start(world.config(answering()));
        service.publisher()
                .publish(Publication.of(answered, Map.of("text", "by itself")).to(Target.topic(answers)))
                .join();
        assertThat(texts(answers)).containsExactly("by itself");
        assertThat(service.state()).isEqualTo(State.RUNNING);
    }
}
