package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.ProcessingGuarantee;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies, error events and dead letters in transactions with the offsets of their events. */
abstract class ExactlyOnceSuite {

    private ServiceWorld world;
    private String ask;
    private String answered;

    @BeforeEach
    void open(TestEnvironment environment) {
        world = new ServiceWorld(environment, 3);
        ask = world.eventType("command.ask", "number", "\"int\"");
        answered = world.eventType("event.answered", "text", "\"string\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private KaufmannConfig.Builder config(EventHandler handler) {
        return world.config(handler).processingGuarantee(ProcessingGuarantee.EXACTLY_ONCE);
    }

    private EventHandler answering(String ofThree) {
        return EventRouter.on(ask, event -> {
            long number = event.payload().integer("number");
            return Result.reply(answered, Map.of("text", number == 3 ? ofThree : "to " + number));
        });
    }

    private void ask(int count) {
        IntStream.range(0, count).forEach(number -> world.send(ask, Map.of("number", number)));
    }

    @Test
    void answersEachEventAndCommitsIt() {
        world.start(config(answering("to 3")));
        ask(100);
        await().until(() -> world.events(answered).size() == 100);
        await().until(world::allCommitted);
        assertThat(world.events(answered))
                .extracting(read -> read.payload().get("text"))
                .doesNotHaveDuplicates();
    }

    @Test
    void answersByAnErrorEventWhenAReplyIsTooLargeForItsTopic() {
        String narrow = Topics.unique("narrow");
        world.environment.topics().create(narrow, 1, Map.of("max.message.bytes", "10000"));
        EventHandler handler = EventRouter.on(ask, event -> {
            long number = event.payload().integer("number");
            return Result.reply(Publication.of(
                            answered, Map.of("text", number == 3 ? "x".repeat(20_000) : "to " + number))
                    .to(Target.topic(narrow)));
        });
        world.start(config(handler));
        ask(10);
        await().until(() -> world.events("event.error." + ask).size() == 1);
        await().until(() -> world.readAll(narrow).size() == 9);
        await().until(world::allCommitted);
    }
}
