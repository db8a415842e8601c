package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.Reachability.Answer;
import io.kaufmann.health.State;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.EmbeddedEnvironment;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service tells an orchestrator, with a broker and a registry that go and come back. */
@Timeout(120)
class HealthIT {

    private static EmbeddedEnvironment environment;
    private static Silence silence;

    private final CountDownLatch release = new CountDownLatch(1);
    private final List<Health> observed = new CopyOnWriteArrayList<>();
    private ServiceWorld world;
    private String work;

    @BeforeAll
    static void openEnvironment() {
        environment = EmbeddedEnvironment.start();
        silence = Silence.of("io.kaufmann", "org.apache.kafka.clients");
    }

    @AfterAll
    static void closeEnvironment() {
        silence.close();
        environment.close();
    }

    @BeforeEach
    void open() {
        world = new ServiceWorld(environment, 1);
        work = world.eventType("command.work", "id", "\"int\"");
    }

    @AfterEach
    void close() {
        release.countDown();
        world.close();
    }

    /** The event 0 hangs its handler until it is released, and 13 fails. */
    private KaufmannConfig.Builder config() {
        return world.config(EventRouter.on(work, event -> {
                    long id = event.payload().integer("id");
                    if (id == 0) {
                        release.await();
                    }
                    return id == 13 ? Result.failure("unlucky, and secret") : Result.noReply();
                }))
                .probeInterval(Duration.ofSeconds(1))
                .stallAfter(Duration.ofSeconds(2))
                .telemetry(new Observer());
    }

    private final class Observer implements Telemetry {

        @Override
        public void observed(Health health) {
            observed.add(health);
        }
    }

    private static Health awaitHealth(Kaufmann service, Predicate<Health> wanted) {
        return await().atMost(Duration.ofSeconds(40)).until(service::health, wanted);
    }

    private void send(int id) {
        world.send(work, Map.of("id", id));
    }

    @Test
    void anOutageMakesItNotReadyAndNeverNotLive() {
        Kaufmann service = world.start(config());
        assertThat(service.live()).isTrue();
        awaitHealth(service, Health::ready);
        assertThat(service.health().problems()).isEmpty();

        environment.stopRegistry();
        Health noRegistry = awaitHealth(service, health -> !health.ready());
        assertThat(noRegistry.probes().registry().problem().orElseThrow()).contains(environment.registryUrl());
        assertThat(noRegistry.probes().broker().answer()).isEqualTo(Answer.REACHED);
        environment.startRegistry();
        awaitHealth(service, Health::ready);

        environment.stopBroker();
        Health noBroker = awaitHealth(service, health -> !health.ready());
        assertThat(noBroker.probes().broker().problem().orElseThrow()).contains(environment.bootstrapServers());
        assertThat(noBroker.problems()).anyMatch(problem -> problem.contains(environment.bootstrapServers()));
        environment.startBroker();
        awaitHealth(service, Health::ready);

        send(1);
        await().until(world::allCommitted);
        assertThat(observed).isNotEmpty().allMatch(Health::live);
        service.close();

        assertThat(service.live())
                .as("a stop by choice is no reason for a restart")
                .isTrue();
        assertThat(service.ready()).isFalse();
        assertThat(observed).last().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.STOPPED);
            assertThat(health.partitions()).isEmpty();
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("kaufmann-probe"));
    }

    /** What it waits for is not fetched: only the probe knows how far the partition goes on. */
    @Test
    void aHandlerThatHangsIsShownWhileTheLagGrows() {
        Kaufmann service = world.start(config().maxInFlightEvents(1).maxDemand(1));
        send(13);
        send(0);
        Health stalled = awaitHealth(service, health -> health.status() == Health.Status.STALLED && health.ready());
        assertThat(stalled.live()).isTrue();
        assertThat(partition(stalled).stalled()).isTrue();
        assertThat(stalled.workers().busy()).isEqualTo(1);
        assertThat(stalled.lastFailures()).singleElement().satisfies(failure -> {
            assertThat(failure.event()).isEqualTo(work + " from " + world.topic + "-0@0");
            assertThat(failure.error()).isEqualTo("the handler said so");
            assertThat(failure.consequence()).contains("error event");
            assertThat(failure.toString()).doesNotContain("secret");
        });
        long lag = awaitHealth(service, health -> partition(health).lag().isPresent())
                .partitions()
                .get(0)
                .lag()
                .getAsLong();
        for (int id = 1; id <= 10; id++) {
            send(id);
        }
        awaitHealth(service, health -> partition(health).lag().getAsLong() >= lag + 10);

        release.countDown();

        awaitHealth(
                service,
                health -> health.status() == Health.Status.UP
                        && health.partitions().stream()
                                .allMatch(partition -> partition.lag().orElse(-1) == 0));
    }

    @Test
    void aHandlerThatHangsMakesItNotLiveByChoice() {
        Kaufmann service = world.start(config().stalledNotLive(true));
        awaitHealth(service, Health::ready);
        send(0);
        Health stalled = awaitHealth(service, health -> !health.live());
        assertThat(stalled.status()).isEqualTo(Health.Status.STALLED);
        assertThat(stalled.ready()).isTrue();
        release.countDown();
        awaitHealth(service, Health::live);
    }

    /** Nothing interrupts it in life: here it stands for an error that a consumer thread cannot get over. */
    @Test
    void aConsumerThreadThatDiesMakesItFailedAndNotLive() {
        Kaufmann service = world.start(config());
        awaitHealth(service, Health::ready);
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("kaufmann-consumer-1"))
                .forEach(Thread::interrupt);
        Health failed = awaitHealth(service, health -> health.state() == State.FAILED);
        assertThat(failed.live()).isFalse();
        assertThat(failed.ready()).isFalse();
        await().untilAsserted(() -> assertThat(observed).last().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.FAILED);
            assertThat(health.live()).isFalse();
            assertThat(health.partitions()).isEmpty();
        }));
    }

    @Test
    void tellsItsLifeInTheLog() {
        try (Log life = Log.debug("io.kaufmann.service");
                Log consumers = Log.debug("io.kaufmann.internal.consume.ConsumerLoop")) {
            Kaufmann service = world.start(config());
            awaitHealth(service, health -> !health.partitions().isEmpty());
            send(0);
            awaitHealth(service, health -> partition(health).events() == 1);
            service.stop(Duration.ofMillis(100));

            assertThat(consumers.lines())
                    .contains(
                            "kaufmann-consumer-1 is given [" + world.topic + "-0]",
                            "kaufmann-consumer-1 now reads [" + world.topic + "-0] too",
                            "kaufmann-consumer-1 gives up [" + world.topic + "-0] with 0 event(s) in flight");
            assertThat(life.lines())
                    .contains(
                            "Service service-under-test is RUNNING",
                            "Service service-under-test takes no new events; what runs of 1 in flight has 0 s to finish",
                            "Service service-under-test is STOPPED")
                    .anyMatch(line -> line.contains("reads [" + world.topic + "] as group " + world.group))
                    .last()
                    .asString()
                    .startsWith("Service service-under-test has ended after ");
        }
    }

    @Test
    void aServiceWithoutARegistryIsReadyWithoutOne() {
        Kaufmann service = world.start(KaufmannConfig.builder()
                .bootstrapServers(environment.bootstrapServers())
                .consumerGroup(world.group)
                .defaultTopic(world.topic)
                .serviceName("without-registry")
                .transcoders("json")
                .shutdownHook(false)
                .probeInterval(Duration.ofSeconds(1))
                .eventHandler(event -> Result.noReply()));
        Health ready = awaitHealth(service, Health::ready);
        assertThat(ready.probes().registry()).isEqualTo(Reachability.UNUSED);
    }

    private static PartitionHealth partition(Health health) {
        return health.partitions().get(0);
    }
}
