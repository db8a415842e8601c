package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.ReaderSchema;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.avro.BareTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.StartException;
import io.kaufmann.publish.Publication;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.TestEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of other formats than the default one, and schemas that change. */
abstract class FormatsSuite {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a greeting needs.
     *
     * @param name whom to greet
     * @param times how often
     */
    record Greet(String name, int times) {}

    /**
     * A greeting.
     *
     * @param greeting its words
     */
    record Greeted(String greeting) {}

    private TestEnvironment environment;
    private ServiceWorld world;
    private String greet;
    private String greeted;

    @BeforeEach
    void open(TestEnvironment environment) {
        this.environment = environment;
        world = new ServiceWorld(environment, 2);
        greet = world.eventType("command.greet", "name", "\"string\"", "times", "\"int\"");
        greeted = world.eventType("event.greeted", "greeting", "\"string\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private EventHandler greeter() {
        return EventRouter.on(
                greet,
                Greet.class,
                (given, event) -> Result.reply(
                        greeted, new Greeted(String.join(" ", List.of("Hello", given.name(), "x" + given.times())))));
    }

    @Test
    void aHandlerTakesAndGivesJavaRecords() {
        world.start(greeter());
        world.send(greet, Map.of("name", "Ada", "times", 3));

        await().until(() -> world.events(greeted).size() == 1);
        assertThat(world.events(greeted).get(0).payload().get("greeting")).isEqualTo("Hello Ada x3");
    }

    @Test
    void jsonEventsAreHandledAndAnsweredWithoutARegistry() {
        KaufmannConfig.Builder config = KaufmannConfig.builder()
                .bootstrapServers(environment.bootstrapServers())
                .consumerGroup(world.group)
                .defaultTopic(world.topic)
                .serviceName("json-service")
                .autoOffsetReset(OffsetReset.EARLIEST)
                .shutdownHook(false)
                .transcoders("json")
                .eventHandler(greeter());
        world.start(config);
        world.sendRaw(
                greet,
                "{\"meta\":{\"message_id\":\"m\",\"callback_id\":\"c-1\"},\"name\":\"Ada\",\"times\":3}"
                        .getBytes(UTF_8));
        world.sendRaw(greet, "{\"payload\":{\"name\":\"Bob\",\"times\":\"many\"}}".getBytes(UTF_8));
        world.sendRaw(greet, "{\"name\":".getBytes(UTF_8));

        await().until(() ->
                values(greeted).size() == 1 && values("event.error." + greet).size() == 2);
        JsonNode reply = json(values(greeted).get(0));
        assertThat(reply.path("greeting").asText()).isEqualTo("Hello Ada x3");
        assertThat(reply.path("meta").path("callback_id").asText()).isEqualTo("c-1");
        assertThat(reply.path("meta").path("emitter_service").asText()).isEqualTo("json-service");
        List<String> errors = values("event.error." + greet).stream()
                .map(value -> json(value).path("error").asText())
                .toList();
        assertThat(errors).anyMatch(error -> error.contains(greet + " payload.times: expected"));
        assertThat(errors).anyMatch(error -> error.contains("tried json ("));
    }

    @Test
    void aServiceSpeaksBareAvroOnOneTopicAndConfluentsFormatOnAnother() {
        String elixir = environment.topics().createUnique("elixir", 1);
        BareTranscoder bare = BareTranscoder.of(world.registry, SubjectStrategy.eventName());
        world.start(world.config(greeter())
                .subscriptionTopics(List.of(world.topic, elixir))
                .callbackTopics(io.kaufmann.publish.CallbackTopics.of(elixir))
                .topicStrategy(io.kaufmann.publish.TopicStrategy.callbackAndDefault())
                .transcoders("avro", "bare")
                .transcoderRules("topic:" + elixir + "=bare"));
        Meta meta =
                Meta.of(ServiceWorld.meta(greet, Map.of("callback_topic", Map.of("topic", elixir, "partition", 0))));
        byte[] value = bare.encode(new Transcoder.Outgoing(
                EventName.of(greet),
                elixir,
                Optional.of(meta),
                Map.of("name", "Ada", "times", 1),
                new RecordHeaders()));
        environment.producer().write(new ProducerRecord<>(elixir, greet.getBytes(UTF_8), value));

        await().until(() ->
                values(elixir, greeted).size() == 1 && world.events(greeted).size() == 1);
        Transcoder.Decoded reply = bare.decode(new Transcoder.Encoded(
                EventName.of(greeted),
                elixir,
                new RecordHeaders(),
                values(elixir, greeted).get(0)));
        assertThat(reply.payload().text("greeting")).isEqualTo("Hello Ada x1");
        assertThat(world.events(greeted).get(0).payload().get("greeting")).isEqualTo("Hello Ada x1");
    }

    @Test
    void aHandlerReadsTheNewestShapeOfWhatWasWrittenWithAnOlderOne() throws InterruptedException {
        world.send(greet, Map.of("name", "Ada", "times", 3));
        String newer = world.registry
                .latest(greet)
                .schema()
                .toString()
                .replace(
                        "{\"name\":\"times\",\"type\":\"int\"}",
                        "{\"name\":\"count\",\"type\":\"long\",\"aliases\":[\"times\"]},"
                                + "{\"name\":\"tone\",\"type\":\"string\",\"default\":\"mild\"}");
        world.registry.register(greet, newer);
        BlockingQueue<Map<String, Object>> seen = new LinkedBlockingQueue<>();

        world.start(world.config(EventRouter.on(greet, event -> {
                    seen.add(event.payload().asMap());
                    return Result.noReply();
                }))
                .readerSchema(ReaderSchema.LATEST));

        assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo(Map.of("name", "Ada", "count", 3L, "tone", "mild"));
    }

    @Test
    void aPublicationMayAskForAnotherFormat() {
        Kaufmann service = world.start(world.config(greeter()).transcoders("avro", "json"));
        service.publisher()
                .publish(Publication.of(greet, new Greet("Ada", 2)).format("json"))
                .join();

        await().until(() -> world.events(greeted).size() == 1);
        assertThat(json(values(greet).get(0)).path("times").asInt()).isEqualTo(2);
    }

    @Test
    void aServiceWhoseErrorEventsCannotBeWrittenDoesNotStart() {
        KaufmannConfig.Builder config =
                world.config(greeter()).subjectStrategy((name, topic) -> "nowhere." + name.base());

        assertThatThrownBy(() -> world.start(config))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("error events cannot be written", "nowhere.event.error", "event.error.avsc");
        assertThatThrownBy(() -> world.start(world.config(greeter()).transcoderRules("topic:x=morse")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("No transcoder is named 'morse'. There are avro");
        assertThatThrownBy(() -> world.start(
                        world.config(greeter()).registryTls("ssl.truststore.location", "/nowhere/trust.jks")))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("TLS settings cannot be used", "/nowhere/trust.jks");
    }

    private List<byte[]> values(String name) {
        return values(world.topic, name);
    }

    private List<byte[]> values(String topic, String name) {
        List<byte[]> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : environment.clients().readAll(topic)) {
            if (record.key() != null && new String(record.key(), UTF_8).equals(name)) {
                values.add(record.value());
            }
        }
        return values;
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
