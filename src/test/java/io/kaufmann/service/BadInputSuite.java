package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.health.State;
import io.kaufmann.publish.Publication;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.TestEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.io.BinaryData;
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
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
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
    void hostileRecordsBetweenGoodOnesHarmNobodyElse() {
        Kaufmann service = world.start(handler);
        List<HostileRecord> hostile = hostileRecords();
        for (HostileRecord bad : hostile) {
            world.sendRaw(bad.name(), bad.value());
            world.send(command, Map.of("what", "well"));
        }

        await().until(() -> world.events(answered).size() == hostile.size() && world.allCommitted());

        Map<String, Long> sent =
                hostile.stream().collect(Collectors.groupingBy(HostileRecord::name, Collectors.counting()));
        sent.forEach((name, times) -> assertThat(world.events("event.error." + name))
                .as("error events of " + name)
                .hasSize(times.intValue())
                .allSatisfy(error -> assertThat(error.payload().get("error"))
                        .asString()
                        .contains("Cannot decode " + name)
                        .hasSizeLessThan(2_000)));
        assertThat(service.state()).isEqualTo(State.RUNNING);
    }

    private record HostileRecord(String name, byte[] value) {}

    private List<HostileRecord> hostileRecords() {
        String nulls = world.eventType("event.nulls", "what", "{\"type\":\"array\",\"items\":\"null\"}");
        String flags = world.eventType("event.flags", "what", "{\"type\":\"map\",\"values\":\"boolean\"}");
        String nodes = world.eventType(
                "event.nodes",
                "what",
                "[\"null\",{\"type\":\"record\",\"name\":\"Node\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}]");
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 2);

        List<HostileRecord> records = new ArrayList<>();
        for (int size = 0; size < 5; size++) {
            records.add(new HostileRecord(command, new byte[size]));
        }
        records.add(new HostileRecord(command, ConfluentFrames.frame(-1, new byte[9])));
        records.add(new HostileRecord(command, ConfluentFrames.frame(Integer.MIN_VALUE, new byte[9])));
        records.add(new HostileRecord(command, new byte[100_000]));
        records.add(new HostileRecord(command, "[".repeat(100_000).getBytes(UTF_8)));
        for (long lie : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            records.add(new HostileRecord(command, lying(command, "", lie)));
            records.add(new HostileRecord(flags, lying(flags, Map.of(), lie)));
        }
        records.add(new HostileRecord(nulls, lying(nulls, List.of(), 1L << 31)));
        records.add(new HostileRecord(nodes, with(lying(nodes, null, 1), deep)));
        records.add(new HostileRecord(command, with(lying(command, "", 0), deep)));
        return records;
    }

    /** An event whose payload is one byte long, with this number in its place: a length, a count or an index. */
    private byte[] lying(String name, Object empty, long lie) {
        byte[] good = world.frame(name, ServiceWorld.meta(name, Map.of()), Collections.singletonMap("what", empty));
        byte[] number = new byte[10];
        int length = BinaryData.encodeLong(lie, number, 0);
        return with(Arrays.copyOf(good, good.length - 1), Arrays.copyOf(number, length));
    }

    private static byte[] with(byte[] start, byte[] end) {
        byte[] all = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, all, start.length, end.length);
        return all;
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
