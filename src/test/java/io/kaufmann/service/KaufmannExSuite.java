package io.kaufmann.service;

import static io.kaufmann.interop.NodeJob.AVSC;
import static io.kaufmann.interop.NodeJob.CONFLUENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.codec.avro.BareTranscoder;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.interop.Differences;
import io.kaufmann.interop.Fixture;
import io.kaufmann.interop.NodeClients;
import io.kaufmann.interop.NodeJob;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.Target;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.TestEnvironment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A node program with {@code avsc} plays a service on KaufmannEx: it sends commands and queries as bare Avro and awaits
 * their answers on its callback topic. All of it happens in one run of node before the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KaufmannExSuite {

    private static final int AWAITED_AT = 2;

    private final Fixture create = Fixture.named("bare-command");
    private final Fixture query = Fixture.named("bare-query");
    private final Fixture answer = Fixture.named("bare-query-answer");
    private final Map<String, Event> handled = new ConcurrentHashMap<>();

    private ServiceWorld world;
    private String callbacks;
    private String frames;
    private String command;
    private String created;
    private String ask;
    private String told;
    private String fail;
    private Map<String, NodeJob.Answer> answers;

    @BeforeAll
    void exchange(TestEnvironment environment) {
        NodeClients.installed();
        world = new ServiceWorld(environment, 2);
        callbacks = environment.topics().createUnique("callbacks", 3);
        frames = environment.topics().createUnique("frames", 1);
        command = eventType("command.user.create", create);
        created = eventType("event.user.created", create);
        fail = eventType("command.user.fail", create);
        ask = world.name("query.req.users");
        told = world.name("query.res.users");
        world.registry.register("query.req", query.schema().toString());
        world.registry.register("query.res", answer.schema().toString());
        world.start(world.config(handler()).callbackTopics(callbacks).transcoders(transcoders(world.topic, callbacks)));
        answers = job().run();
    }

    private String eventType(String base, Fixture fixture) {
        String name = world.name(base);
        world.registry.register(name, fixture.schema().toString());
        return name;
    }

    private Transcoders transcoders(String... bareTopics) {
        SchemaRegistry registry = CachingSchemaRegistry.of(world.registry);
        Transcoders transcoders = Transcoders.of(
                AvroTranscoder.of(registry, SubjectStrategy.eventName()),
                BareTranscoder.of(registry, SubjectStrategy.eventName()));
        for (String topic : bareTopics) {
            transcoders = transcoders.topic(topic, BareTranscoder.NAME);
        }
        return transcoders;
    }

    @AfterAll
    void close() {
        if (world != null) {
            world.close();
        }
    }

    /** Answers bare to who awaits it, and in Confluent's wire format on a topic for others. */
    private EventHandler handler() {
        return EventRouter.on(command, event -> {
                    Publication reply =
                            Publication.of(created, event.payload().value()).keyIfAny(event.orderingKey());
                    return Result.reply(seen(event, reply.to(Target.callback())), reply.to(frames));
                })
                .on(
                        ask,
                        event -> Result.reply(seen(
                                event,
                                Publication.of(told, answer.content().payload()).to(Target.callback()))))
                .on(fail, event -> {
                    throw new IllegalStateException("no email");
                });
    }

    private Publication seen(Event event, Publication reply) {
        handled.put(event.name(), event);
        return reply;
    }

    private NodeJob job() {
        NodeJob job = new NodeJob(world.environment.bootstrapServers(), world.environment.registryUrl());
        job.send(AVSC, world.topic, command + "#42", awaited(create, "created?"));
        job.send(AVSC, world.topic, ask, awaited(query, "found?"));
        job.send(AVSC, world.topic, fail, awaited(create, "failed?"));
        job.await(AVSC, callbacks, created + "#42");
        job.await(CONFLUENT, frames, created + "#42");
        job.await(AVSC, callbacks, told);
        job.await(AVSC, callbacks, "event.error." + fail);
        job.await(AVSC, world.topic, "event.error." + fail);
        return job;
    }

    /** An event whose answer is awaited. */
    private JsonNode awaited(Fixture fixture, String callbackId) {
        ObjectNode value = fixture.json().get("value").deepCopy();
        ObjectNode meta = value.withObject("meta");
        meta.put("callback_id", callbackId);
        meta.putObject("callback_topic").put("topic", callbacks).put("partition", AWAITED_AT);
        return value;
    }

    @Test
    void theServiceReadsCommandsAndQueriesFieldByField() {
        assertThat(Differences.between(
                        create.content().payload(),
                        handled.get(command).payload().value()))
                .isEmpty();
        assertThat(Differences.between(
                        query.content().payload(), handled.get(ask).payload().value()))
                .isEmpty();
        assertThat(handled.get(command).meta().callbackId()).contains("created?");
        assertThat(handled.get(command).meta().emitterService()).contains("user_ex");
        assertThat(handled.get(command).orderingKey()).contains("42");
    }

    @Test
    void whoAwaitsAnAnswerGetsItWhereAndAsItIsAwaited() {
        NodeJob.Answer reply = answer(callbacks, created + "#42");
        assertThat(reply.partition()).isEqualTo(AWAITED_AT);
        Fixture.Content content = reply.content(create.schema());
        assertThat(Differences.between(create.content().payload(), content.payload()))
                .isEmpty();
        assertIsReply(content, created + "#42", "created?");
    }

    @Test
    void queriesAreAnsweredByTheirSharedSchema() {
        NodeJob.Answer reply = answer(callbacks, told);
        assertThat(reply.partition()).isEqualTo(AWAITED_AT);
        Fixture.Content content = reply.content(answer.schema());
        assertThat(Differences.between(answer.content().payload(), content.payload()))
                .isEmpty();
        assertIsReply(content, told, "found?");
    }

    @Test
    void aFailureIsToldOnTheDefaultAndOnTheCallbackTopic() {
        for (String topic : List.of(world.topic, callbacks)) {
            String name = "event.error." + fail;
            Fixture.Content content = answer(topic, name)
                    .content(world.registry.latest("event.error").schema());
            assertThat(content.payload()).isEqualTo(Map.of("error", "java.lang.IllegalStateException: no email"));
            assertIsReply(content, name, "failed?");
        }
        assertThat(answer(callbacks, "event.error." + fail).partition()).isEqualTo(AWAITED_AT);
    }

    @Test
    void theSameServiceTellsOthersInConfluentsWireFormat() {
        Fixture.Content content = answer(frames, created + "#42").content(create.schema());
        assertThat(Differences.between(create.content().payload(), content.payload()))
                .isEmpty();
        assertIsReply(content, created + "#42", "created?");
    }

    private static void assertIsReply(Fixture.Content reply, String name, String callbackId) {
        assertThat(reply.meta())
                .containsOnlyKeys(
                        "message_id",
                        "emitter_service",
                        "emitter_service_id",
                        "callback_id",
                        "message_name",
                        "timestamp",
                        "callback_topic")
                .containsEntry("emitter_service", "service-under-test")
                .containsEntry("emitter_service_id", "instance-1")
                .containsEntry("callback_id", callbackId)
                .containsEntry("message_name", name)
                .containsEntry("callback_topic", null);
        assertThat(reply.meta().get("message_id")).asString().isNotBlank().isNotEqualTo("null");
        assertThat(reply.meta().get("timestamp"))
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    private NodeJob.Answer answer(String topic, String key) {
        NodeJob.Answer read = answers.get(NodeJob.at(topic, key));
        assertThat(read).as("%s on %s", key, topic).isNotNull();
        return read;
    }
}
