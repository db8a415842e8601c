package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.StartException;
import io.kaufmann.health.State;
import io.kaufmann.testing.FreePorts;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.StoppableEnvironment;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Outages of the registry and the broker: work waits, and goes on by itself. */
abstract class OutageSuite {

    @Test
    void aRegistryThatIsDownPausesWorkAndLosesNothing(StoppableEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 2)) {
            String order = world.eventType("command.order", "id", "\"int\"");
            String placed = world.eventType("event.placed", "id", "\"int\"");
            Set<Integer> handled = ConcurrentHashMap.newKeySet();
            world.start(placing(order, placed, handled));
            await().until(() -> environment
                            .topics()
                            .committedOffsets(world.group, world.topic)
                            .size()
                    == 2);
            environment.stopRegistry();
            try (Log outages = Log.of("io.kaufmann.outages")) {
                for (int id = 0; id < 200; id++) {
                    world.send(order, Map.of("id", id));
                }
                await().until(() -> outages.has("Decoding is held up"));
                assertThat(outages.lines()).anyMatch(line -> line.contains(environment.registryUrl()));
            }
            assertThat(handled).isEmpty();
            assertThat(environment
                            .topics()
                            .committedOffsets(world.group, world.topic)
                            .values())
                    .containsExactly(0L, 0L);
            environment.startRegistry();

            await().until(() -> handled.size() == 200 && world.allCommitted());
            assertThat(world.events(placed)).hasSize(200);
            assertThat(world.readAll()).noneMatch(event -> event.key().startsWith("event.error"));
        }
    }

    @Test
    void aReplyWhoseSchemaCannotBeHadWaitsWithoutASecondCallOfTheHandler(StoppableEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 1)) {
            String order = world.eventType("command.order", "id", "\"int\"");
            String placed = world.eventType("event.placed", "id", "\"int\"");
            Set<String> calls = ConcurrentHashMap.newKeySet();
            world.start(EventRouter.on(order, event -> {
                long id = event.payload().integer("id");
                if (id == 2) {
                    environment.stopRegistry();
                }
                assertThat(calls.add("call " + id)).as("first call for " + id).isTrue();
                return id == 1 ? Result.noReply() : Result.reply(placed, Map.of("id", id));
            }));
            // The first brings the schema of orders into the cache; the second's reply then finds no registry.
            world.send(order, Map.of("id", 1));
            await().until(world::allCommitted);
            world.send(order, Map.of("id", 2));
            await().until(() -> calls.contains("call 2"));
            assertThat(world.events(placed)).isEmpty();
            environment.startRegistry();

            await().until(() -> world.events(placed).size() == 1 && world.allCommitted());
            assertThat(calls).hasSize(2);
        }
    }

    @Test
    void aBrokerThatRestartsLosesNothing(StoppableEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 2)) {
            String order = world.eventType("command.order", "id", "\"int\"");
            String placed = world.eventType("event.placed", "id", "\"int\"");
            Set<Integer> handled = ConcurrentHashMap.newKeySet();
            Kaufmann service = world.start(placing(order, placed, handled));
            for (int id = 0; id < 500; id++) {
                world.send(order, Map.of("id", id));
            }
            environment.stopBroker();
            environment.startBroker();
            for (int id = 500; id < 1_000; id++) {
                world.send(order, Map.of("id", id));
            }

            await().atMost(Duration.ofMinutes(1)).until(() -> handled.size() == 1_000 && world.allCommitted());
            assertThat(world.events(placed).stream()
                            .map(event -> event.payload().get("id"))
                            .collect(Collectors.toSet()))
                    .hasSize(1_000);
            assertThat(service.state()).isEqualTo(State.RUNNING);
        }
    }

    private static EventHandler placing(String order, String placed, Set<Integer> handled) {
        return EventRouter.on(order, event -> {
            handled.add((int) event.payload().integer("id"));
            return Result.reply(placed, Map.of("id", event.payload().integer("id")));
        });
    }

    @Test
    void aBrokerThatIsDownAtStartIsAClearErrorInTime(TestEnvironment environment) {
        String nobody = "127.0.0.1:" + FreePorts.next();
        KaufmannConfig config = KaufmannConfig.builder()
                .bootstrapServers(nobody)
                .schemaRegistryUrl(environment.registryUrl())
                .consumerGroup("g")
                .defaultTopic("t")
                .serviceName("greeter")
                .startTimeout(Duration.ofSeconds(2))
                .eventHandler(event -> Result.noReply())
                .build();

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThatThrownBy(() -> Kaufmann.start(config))
                        .isInstanceOf(StartException.class)
                        .hasMessageContaining("Service greeter cannot start: no Kafka broker answered at " + nobody)
                        .hasMessageContaining("within 2 s (")
                        .hasMessageContaining("kaufmann.bootstrap.servers"));
    }

    @Test
    void whatIsMissingAtStartIsToldAllAtOnce(TestEnvironment environment) {
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        KaufmannConfig config = KaufmannConfig.builder()
                .bootstrapServers(environment.bootstrapServers())
                .schemaRegistryUrl(nobody)
                .consumerGroup("g")
                .defaultTopic("nobody-made-this")
                .serviceName("greeter")
                .startTimeout(Duration.ofSeconds(5))
                .eventHandler(event -> Result.noReply())
                .build();

        assertThatThrownBy(() -> Kaufmann.start(config))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("topic nobody-made-this does not exist. Create it: kafka-topics.sh")
                .hasMessageContaining(nobody);
    }
}
