package io.kaufmann.service;

import static io.kaufmann.interop.NodeJob.CONFLUENT;
import static io.kaufmann.interop.NodeJob.CONFLUENT_DEFAULTS;
import static io.kaufmann.interop.NodeJob.KAFKAJS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.interop.Differences;
import io.kaufmann.interop.Fixture;
import io.kaufmann.interop.NodeClients;
import io.kaufmann.interop.NodeJob;
import io.kaufmann.publish.Publication;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.TestEnvironment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/**
 * A team that uses Confluent's clients as they come: a topic's schema stands under {@code <topic>-value}, and each
 * team registers what it writes.
 */
abstract class TopicSubjectsSuite {

    private final Fixture order = Fixture.named("command.order.place-card");
    private final Map<String, Object> handled = new ConcurrentHashMap<>();

    @Test
    void aServiceJoinsATeamWhoseSubjectsAreNamedByTopic(TestEnvironment environment) {
        NodeClients.installed();
        try (ServiceWorld world = new ServiceWorld(environment, 1)) {
            String out = environment.topics().createUnique("out", 1);
            register(world, out);
            world.start(world.config(router()).defaultPublishTopic(out).subjectStrategy(SubjectStrategy.topicName()));

            NodeJob job = new NodeJob(environment.bootstrapServers(), environment.registryUrl());
            for (String key : new String[] {"#1", "#2"}) {
                job.send(
                        CONFLUENT_DEFAULTS,
                        world.topic,
                        "command.order.place" + key,
                        order.json().get("value"));
            }
            job.await(CONFLUENT_DEFAULTS, out, "event.order.placed#1");
            job.await(KAFKAJS, out, "event.order.placed#2");
            Map<String, NodeJob.Answer> answers = job.run();

            for (String key : new String[] {"#1", "#2"}) {
                assertSame(handled.get("command.order.place" + key));
                assertSame(answers.get(NodeJob.at(out, "event.order.placed" + key))
                        .content(order.schema())
                        .payload());
            }
        }
    }

    /** By the clients: each asks the registry in its own way. */
    private void register(ServiceWorld world, String out) {
        NodeJob job = new NodeJob(world.environment.bootstrapServers(), world.environment.registryUrl());
        job.register(CONFLUENT, world.topic + "-value", order.schema());
        job.register(KAFKAJS, out + "-value", order.schema());
        job.run();
    }

    private EventRouter router() {
        return EventRouter.on("command.order.place", event -> {
            handled.put(event.key().orElseThrow(), event.payload().value());
            return Result.reply(
                    Publication.of("event.order.placed", event.payload().value())
                            .keyIfAny(event.orderingKey()));
        });
    }

    private void assertSame(Object payload) {
        assertThat(Differences.between(order.content().payload(), payload)).isEmpty();
    }
}
