package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of bad input has its outcome, its error says what to do, and the partition goes on. */
abstract class BadInputSuite {

    private ServiceWorld world;
    private String command;
    private String answered;

    @BeforeEach
    void open(TestEnvironment environment) {
        world = new ServiceWorld(environment, 1);
        command = world.eventType("command.do", "what", "\"string\"");
        answered = world.eventType("event.done", "what", "\"string\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Does what the command says; anything but "well" goes wrong. */
    private final EventHandler handler = event -> {
        if (!event.name().equals(command)) {
            return Result.noReply();
        }
        String what = event.payload().text("what");
        return switch (what) {
            case "well" -> Result.reply(answered, Map.of("what", what));
            case "no schema" -> Result.reply(world.name("event.unheard.of"), Map.of("what", what));
            case "misfit" -> Result.reply(answered, Map.of("what", 12.5));
            case "no topic" ->
                Result.reply(Publication.of(answered, Map.of("what", what)).to(world.name("topic-that-nobody-made")));
            case "bad topic" ->
                Result.reply(Publication.of(answered, Map.of("what", what)).to("no topic name"));
            case "half bad" ->
                Result.reply(
                        Publication.of(answered, Map.of("what", "must not be sent")),
                        Publication.of(answered, Map.of("wat", what)));
            case "huge" -> Result.reply(answered, Map.of("what", "x".repeat(2_000_000)));
            default -> Result.failure("unknown: " + what);
        };
    };

    /** Sends something, then a good event; when that is answered and all is committed, the partition went on. */
    private ServiceWorld.Read errorOf(String errorName, Runnable bad) {
        world.start(handler);
        bad.run();
        world.send(command, Map.of("what", "well"));
        await().until(() -> world.events(answered).size() == 1 && world.allCommitted());
        assertThat(world.events(answered).get(0).payload().get("what")).isEqualTo("well");
        List<ServiceWorld.Read> errors = world.events(errorName);
        assertThat(errors).as("error events " + errorName).hasSize(1);
        return errors.get(0);
    }

    private String errorTextOf(String errorName, Runnable bad) {
        return String.valueOf(errorOf(errorName, bad).payload().get("error"));
    }

    private String errorTextOf(String what) {
        return errorTextOf("event.error." + command, () -> world.send(command, Map.of("what", what)));
    }

    @Test
    void aRecordWithoutKeyIsAnErrorEventWithoutAName() {
        ServiceWorld.Read error = errorOf("event.error.unknown", () -> world.sendRaw(null, new byte[] {0, 0, 0, 0, 1}));
        assertThat(error.meta())
                .as("an error event of an undecodable event has no metadata")
                .isNull();
        assertThat(error.payload().get("error"))
                .asString()
                .contains(world.topic + "-0@0", "has no key", "must write the event's name as the record key");
    }

    @Test
    void aTombstoneIsAnErrorEvent() {
        assertThat(errorTextOf("event.error." + command, () -> world.sendRaw(command, null)))
                .contains("Cannot decode " + command + " from " + world.topic + "-0@0", "no value", "not be compacted");
    }

    @Test
    void aTruncatedFrameIsAnErrorEvent() {
        byte[] whole = world.frame(command, ServiceWorld.meta(command, Map.of()), Map.of("what", "well"));
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThat(errorTextOf("event.error." + command, () -> world.sendRaw(command, half)))
                .contains("Cannot decode " + command + " from " + world.topic + "-0@0", "tried avro (");
    }

    @Test
    void aFrameThatIsNoneIsAnErrorEvent() {
        assertThat(errorTextOf("event.error." + command, () -> world.sendRaw(command, "{\"a\":1}".getBytes(UTF_8))))
                .contains("tried avro (", "0x7b");
    }

    @Test
    void anUnknownSchemaIdIsAnErrorEvent() {
        assertThat(errorTextOf(
                        "event.error." + command,
                        () -> world.sendRaw(command, ConfluentFrames.frame(1_999_999_999, new byte[] {2, 2}))))
                .contains("tried avro (", "1999999999", world.environment.registryUrl());
    }

    @Test
    void aReplyWithoutSchemaIsAnErrorEvent() {
        assertThat(errorTextOf("no schema"))
                .contains(
                        "Cannot encode " + world.name("event.unheard.of"),
                        "migrate-schemas",
                        world.environment.registryUrl());
    }

    @Test
    void aReplyThatDoesNotFitIsAnErrorEvent() {
        assertThat(errorTextOf("misfit")).contains("Cannot encode " + answered, "payload.what", "expected string");
    }

    @Test
    void aReplyToATopicThatDoesNotExistIsAnErrorEvent() {
        assertThat(errorTextOf("no topic"))
                .contains(
                        "Cannot publish " + answered,
                        "topic " + world.name("topic-that-nobody-made") + " does not exist");
    }

    @Test
    void aReplyToATopicWithABadNameIsAnErrorEvent() {
        assertThat(errorTextOf("bad topic"))
                .contains("Cannot publish " + answered, "'no topic name' is no valid topic name");
    }

    @Test
    void aReplyThatIsTooLargeIsAnErrorEvent() {
        assertThat(errorTextOf("huge")).contains("Cannot publish " + answered, "max.request.size");
    }

    @Test
    void repliesAreSentAllOrNone() {
        assertThat(errorTextOf("half bad")).contains("Cannot encode " + answered, "wat");
    }

    @Test
    void whatCannotBeDecodedGoesToTheHandlersGivenError() throws Exception {
        BlockingQueue<ErrorEvent> errors = new LinkedBlockingQueue<>();
        world.start(new EventHandler() {
            @Override
            public Result givenEvent(Event event) {
                return Result.noReply();
            }

            @Override
            public Result givenError(ErrorEvent error) {
                errors.add(error);
                return Result.reply(answered, Map.of("what", "made good"));
            }
        });
        world.sendRaw(command + "#9", new byte[] {7});

        ErrorEvent error = errors.poll(30, TimeUnit.SECONDS);
        assertThat(error.name()).contains(command);
        assertThat(error.orderingKey()).contains("9");
        assertThat(error.rawPayload()).contains(new byte[] {7});
        assertThat(error.error()).hasMessageContaining("magic byte 0x07");
        await().until(() -> world.events(answered).size() == 1 && world.allCommitted());
        assertThat(world.events(answered).get(0).meta().get("emitter_service")).isEqualTo("service-under-test");
    }
}
