package io.kaufmann.service;

import static io.kaufmann.interop.NodeJob.CONFLUENT;
import static io.kaufmann.interop.NodeJob.CONFLUENT_HEADER;
import static io.kaufmann.interop.NodeJob.CONFLUENT_HEADER_ID;
import static io.kaufmann.interop.NodeJob.KAFKAJS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.interop.Differences;
import io.kaufmann.interop.Fixture;
import io.kaufmann.interop.NodeClients;
import io.kaufmann.interop.NodeJob;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.testing.RawHttp;
import io.kaufmann.testing.TestEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Clients that nobody here wrote exchange events with a running service: one writes what the service handles, another
 * reads what it answers. All of it happens in one run of node before the tests, which then look at what came of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteropSuite {

    private static final String RECURSIVE = "event.category.grown";

    /** Nested records, unions, enums, maps, arrays, fixed; numbers at their limits; logical types; recursion. */
    private static final List<String> ECHOED = List.of(
            "command.order.place-card",
            "command.order.place-transfer",
            "event.numbers.shown",
            "event.moments.shown",
            RECURSIVE);

    /** Who reads what is answered to whom. */
    private static final Map<String, String> READER_OF =
            Map.of(CONFLUENT, KAFKAJS, KAFKAJS, CONFLUENT, CONFLUENT_HEADER, KAFKAJS, CONFLUENT_HEADER_ID, KAFKAJS);

    private final Fixture moved = Fixture.named("event.customer.moved");
    private final Fixture order = Fixture.named("command.order.place-card");
    private final List<Echo> echoes = new ArrayList<>();
    private final Map<String, Fixture.Content> handled = new ConcurrentHashMap<>();

    private ServiceWorld world;
    private String callbacks;
    private String move;
    private String hasMoved;
    private String fail;
    private boolean guids;
    private Map<String, NodeJob.Answer> answers;

    /** A command that is answered by an event with the same payload, written by one client and read by another. */
    private record Echo(Fixture fixture, String client, String command, String reply) {

        @Override
        public String toString() {
            return fixture.file() + " by " + client;
        }
    }

    /** Whether the registry takes schemas that contain themselves. */
    boolean takesRecursion() {
        return true;
    }

    /** The registry to use. */
    TestEnvironment with(TestEnvironment environment) {
        return environment;
    }

    @BeforeAll
    void exchange(TestEnvironment environment) {
        NodeClients.installed();
        world = new ServiceWorld(with(environment), 2);
        callbacks = environment.topics().createUnique("callbacks", 1);
        guids = hasGuids();
        EventRouter router = evolve(echo(failing()));
        world.start(world.config(router)
                .callbackTopics(callbacks)
                .transcoders(Transcoders.of(AvroTranscoder.builder(CachingSchemaRegistry.of(world.registry))
                        .readLatest()
                        .build())));
        answers = job().run();
    }

    @AfterAll
    void close() {
        if (world != null) {
            world.close();
        }
    }

    /** Confluent's registry from 8 on. Its clients put the GUID into headers, never the id. */
    private boolean hasGuids() {
        return new RawHttp(world.environment.registryUrl())
                .send("GET", "/subjects/event.error/versions/latest", "")
                .body()
                .contains("\"guid\"");
    }

    private EventRouter.Routes failing() {
        fail = world.name("command.fail");
        world.registry.register(fail, order.schema().toString());
        return EventRouter.on(fail, event -> {
            throw new IllegalStateException("out of stock");
        });
    }

    private List<String> echoed() {
        return ECHOED.stream()
                .filter(name -> takesRecursion() || !name.equals(RECURSIVE))
                .toList();
    }

    private EventRouter.Routes echo(EventRouter.Routes router) {
        EventRouter.Routes echoing = router;
        for (String name : echoed()) {
            Fixture fixture = Fixture.named(name);
            String command = world.name("command.echo." + name);
            String reply = world.name("event.echo." + name);
            world.registry.register(command, fixture.schema().toString());
            world.registry.register(reply, fixture.schema().toString());
            echoing = echo(fixture, command, reply, echoing);
        }
        String command = world.name("command.echo.referring");
        String reply = world.name("event.echo.referring");
        registerReferring(command, reply);
        return echo(order, command, reply, echoing);
    }

    private EventRouter.Routes echo(Fixture fixture, String command, String reply, EventRouter.Routes router) {
        echoes.add(new Echo(fixture, CONFLUENT, command + "#c", reply + "#c"));
        echoes.add(new Echo(fixture, KAFKAJS, command + "#k", reply + "#k"));
        echoes.add(new Echo(fixture, CONFLUENT_HEADER_ID, command + "#i", reply + "#i"));
        if (guids) {
            echoes.add(new Echo(fixture, CONFLUENT_HEADER, command + "#g", reply + "#g"));
        }
        return router.on(command, event -> {
            see(event);
            return reply(event, reply, event.payload().value());
        });
    }

    /** An order's schema that names the metadata's, which stands under a subject of its own. */
    private void registerReferring(String... subjects) {
        ObjectNode schema = order.json().get("schema").deepCopy();
        ObjectNode metaField = (ObjectNode) schema.get("fields").get(0);
        String metadata = world.name("event_metadata");
        world.registry.register(metadata, metaField.get("type").toString());
        metaField.put("type", "seven.cloud.services.event_metadata");

        ObjectNode request = schema.objectNode().put("schema", schema.toString());
        request.putArray("references")
                .addObject()
                .put("name", "seven.cloud.services.event_metadata")
                .put("subject", metadata)
                .put("version", 1);
        RawHttp http = new RawHttp(world.environment.registryUrl());
        for (String subject : subjects) {
            assertThat(http.send("POST", "/subjects/" + subject + "/versions", request.toString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Reads an older version than the newest; answers with a version that is not the newest when it is read. */
    private EventRouter.Routes evolve(EventRouter.Routes router) {
        move = world.name("command.customer.move");
        hasMoved = world.name("event.customer.moved");
        world.registry.register(hasMoved, moved.schema().toString());
        return router.on(move, event -> {
            see(event);
            return reply(event, hasMoved, moved.content().payload());
        });
    }

    private void see(Event event) {
        handled.put(
                event.key().orElseThrow(),
                new Fixture.Content(event.meta().fields(), event.payload().value()));
    }

    private static Result reply(Event event, String name, Object payload) {
        return Result.reply(
                Publication.of(name, payload).keyIfAny(event.orderingKey()).to(Target.defaultTopic()));
    }

    private NodeJob job() {
        NodeJob job = new NodeJob(world.environment.bootstrapServers(), world.environment.registryUrl());
        for (Echo echo : echoes) {
            job.send(echo.client, world.topic, echo.command, echo.fixture.json().get("value"));
            job.await(READER_OF.get(echo.client), world.topic, echo.reply);
        }
        int older = world.registry.register(move, moved.schema().toString()).id();
        world.registry.register(move, moved.readerSchema().toString());
        job.send(CONFLUENT, world.topic, move + "#c", older, moved.json().get("value"));
        job.send(KAFKAJS, world.topic, move + "#k", older, moved.json().get("value"));
        job.awaitAs(moved.readerSchema(), world.topic, hasMoved + "#c");
        job.awaitThenRegister(moved.readerSchema(), world.topic, hasMoved + "#k");

        job.send(CONFLUENT, world.topic, fail + "#c", answeredTo("failed-c"));
        job.send(KAFKAJS, world.topic, fail + "#k", answeredTo("failed-k"));
        for (String topic : List.of(world.topic, callbacks)) {
            job.await(KAFKAJS, topic, error("#c"));
            job.await(CONFLUENT, topic, error("#k"));
        }
        return job;
    }

    private String error(String key) {
        return "event.error." + fail + key;
    }

    /** An order whose answer is awaited on the topic for callbacks. */
    private JsonNode answeredTo(String callbackId) {
        ObjectNode value = order.json().get("value").deepCopy();
        ObjectNode meta = value.withObject("meta");
        meta.put("callback_id", callbackId);
        meta.putObject("callback_topic").put("topic", callbacks).putNull("partition");
        return value;
    }

    @Test
    void theServiceReadsFieldByFieldWhatTheClientsWrite() {
        for (Echo echo : echoes) {
            assertThat(handled).as("%s", echo).containsKey(echo.command);
            assertSame(echo.toString(), echo.fixture.content(), handled.get(echo.command));
        }
    }

    @Test
    void theOtherClientReadsFieldByFieldWhatTheServiceAnswers() {
        for (Echo echo : echoes) {
            Fixture.Content reply = answer(world.topic, echo.reply).content(echo.fixture.schema());
            assertThat(Differences.between(echo.fixture.content().payload(), reply.payload()))
                    .as("%s, payload of the reply", echo)
                    .isEmpty();
            assertThat(reply.meta())
                    .as("%s, meta of the reply", echo)
                    .containsEntry("message_name", echo.reply)
                    .containsEntry("callback_id", echo.fixture.content().meta().get("callback_id"))
                    .containsEntry("emitter_service", "service-under-test")
                    .containsEntry("emitter_service_id", "instance-1")
                    .containsEntry("callback_topic", null);
        }
    }

    @Test
    void theServiceReadsAnOlderSchemasEventsAsItsOwnShowsThem() {
        assertSame("written by Confluent's", moved.resolved(), handled.get(move + "#c"));
        assertSame("written by KafkaJS's", moved.resolved(), handled.get(move + "#k"));
    }

    @Test
    void theClientsReadTheServicesEventsAsTheirNewerSchemaShowsThem() {
        Schema newer = moved.readerSchema();
        for (String key : List.of("#c", "#k")) {
            assertThat(Differences.between(
                            moved.resolved().payload(),
                            answer(world.topic, hasMoved + key).content(newer).payload()))
                    .as(key)
                    .isEmpty();
        }
    }

    @Test
    void theClientsReadErrorEventsOnTheDefaultAndOnTheCallbackTopic() {
        Schema schema = world.registry.latest("event.error").schema();
        for (String topic : List.of(world.topic, callbacks)) {
            for (String key : List.of("#c", "#k")) {
                Fixture.Content error = answer(topic, error(key)).content(schema);
                assertThat(error.payload()).isEqualTo(Map.of("error", "java.lang.IllegalStateException: out of stock"));
                assertThat(error.meta())
                        .containsEntry("message_name", error(key))
                        .containsEntry("callback_id", "failed-" + key.substring(1))
                        .containsEntry("emitter_service", "service-under-test");
            }
        }
    }

    @Test
    void theServiceReadsASchemasGuidFromAHeader() {
        assumeThat(guids).as("the registry gives its schemas GUIDs").isTrue();
        List<String> told =
                handled.keySet().stream().filter(key -> key.endsWith("#g")).toList();
        assertThat(told).hasSize(echoed().size() + 1);
    }

    private NodeJob.Answer answer(String topic, String key) {
        NodeJob.Answer answer = answers.get(NodeJob.at(topic, key));
        assertThat(answer).as("%s on %s", key, topic).isNotNull();
        return answer;
    }

    private static void assertSame(String what, Fixture.Content expected, Fixture.Content actual) {
        assertThat(actual).as(what).isNotNull();
        Map<String, Object> left = new LinkedHashMap<>();
        left.put("meta", expected.meta());
        left.put("payload", expected.payload());
        Map<String, Object> right = new LinkedHashMap<>();
        right.put("meta", actual.meta());
        right.put("payload", actual.payload());
        assertThat(Differences.between(left, right)).as(what).isEmpty();
    }
}
