package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.Workers;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.Silence;
import io.kaufmann.testing.TestEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, retries, dead letters, time limits and what a stuck partition does to others, on a real broker. */
@Timeout(180)
abstract class GuaranteesSuite {

    private static final int KEYS = 20;

    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<String, Queue<Integer>> handled = new ConcurrentHashMap<>();
    private final Silence silence = Silence.of("io.kaufmann");
    private ServiceWorld world;
    private String work;
    private String done;

    private void open(TestEnvironment environment, int partitions) {
        world = new ServiceWorld(environment, partitions);
        work = world.eventType("command.work", "id", "\"int\"");
        done = world.eventType("event.done", "id", "\"int\"");
    }

    @AfterEach
    void close() {
        release.countDown();
        world.close();
        silence.close();
    }

    private interface Deed {
        void of(int id, Event event) throws Exception;
    }

    /** A handler that notes what it has done, by key, and replies. */
    private EventHandler doing(Deed deed) {
        return EventRouter.on(work, event -> {
            int id = (int) event.payload().integer("id");
            deed.of(id, event);
            String key = event.orderingKey().orElse("");
            handled.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>()).add(id);
            return Result.reply(done, Map.of("id", id));
        });
    }

    private List<Integer> handledOf(String key) {
        return List.copyOf(handled.getOrDefault(key, new ConcurrentLinkedQueue<>()));
    }

    private int handledCount() {
        return handled.values().stream().mapToInt(Queue::size).sum();
    }

    private void send(int partition, String key, int id) {
        byte[] value = world.frame(work, ServiceWorld.meta(work, Map.of()), Map.of("id", id));
        world.environment.producer().write(RawProducer.record(world.topic, partition, work + key, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"range", "cooperative", "consumer", "static"})
    void keepsTheOrderOfEachKeyWhileInstancesComeAndGo(String protocol, TestEnvironment environment) {
        open(environment, 4);
        Map<String, Queue<Integer>> byInstance = new ConcurrentHashMap<>();
        Kaufmann first = world.start(member("a", protocol, byInstance));
        world.start(member("b", protocol, byInstance));
        int rounds = sendUntilAllHandled(0, byInstance, "a", "b");
        world.start(member("c", protocol, byInstance));
        rounds = sendUntilAllHandled(rounds, byInstance, "a", "b", "c");
        for (int more = 0; more < 20; more++) {
            sendRound(rounds++);
        }

        first.close();

        int handledByFirst = byInstance.get("a").size();
        byInstance.get("b").clear();
        byInstance.get("c").clear();
        rounds = sendUntilAllHandled(rounds, byInstance, "b", "c");
        await().atMost(Duration.ofMinutes(1)).until(world::allCommitted);
        assertThat(byInstance.get("a")).hasSize(handledByFirst);
        for (int key = 0; key < KEYS; key++) {
            List<Integer> distinct =
                    handledOf(Integer.toString(key)).stream().distinct().toList();
            assertThat(distinct).as("key %s", key).hasSize(rounds).isSorted();
        }
    }

    /** Sends one event of each key after the other, until these instances have each handled some; tells the next round. */
    private int sendUntilAllHandled(int round, Map<String, Queue<Integer>> byInstance, String... instances) {
        AtomicInteger next = new AtomicInteger(round);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            sendRound(next.getAndIncrement());
            return Stream.of(instances)
                    .allMatch(instance -> byInstance.containsKey(instance)
                            && !byInstance.get(instance).isEmpty());
        });
        return next.get();
    }

    private void sendRound(int round) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            byte[] value = world.frame(work, ServiceWorld.meta(work, Map.of()), Map.of("id", round));
            records.add(RawProducer.record(world.topic, key % 4, work + "#" + key, value));
        }
        world.environment.producer().write(records);
    }

    private KaufmannConfig.Builder member(String instance, String protocol, Map<String, Queue<Integer>> byInstance) {
        return member(
                doing((id, event) -> {
                    Thread.sleep(id % 3);
                    byInstance
                            .computeIfAbsent(instance, name -> new ConcurrentLinkedQueue<>())
                            .add(id);
                }),
                protocol,
                instance);
    }

    private KaufmannConfig.Builder member(EventHandler handler, String protocol, String instance) {
        KaufmannConfig.Builder config =
                world.config(handler).serviceId(instance).ordering(Ordering.KEY).maxDemand(16);
        return switch (protocol) {
            case "cooperative" ->
                config.kafkaConsumer(
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            case "consumer" -> config.kafkaConsumer("group.protocol", "consumer");
            case "static" ->
                config.kafkaConsumer("group.instance.id", "member-" + instance)
                        .kafkaConsumer("session.timeout.ms", "6000");
            default ->
                config.kafkaConsumer(
                        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
        };
    }

    @Test
    void aHotKeyDoesNotBlockOthers(TestEnvironment environment) {
        open(environment, 1);
        world.start(world.config(doing((id, event) -> {
                    if (event.orderingKey().orElseThrow().equals("hot")) {
                        release.await();
                    }
                }))
                .ordering(Ordering.KEY)
                .maxDemand(4));
        for (int id = 0; id < 20; id++) {
            send(0, "#hot", id);
            send(0, "#cold", id);
        }
        await().until(() -> handledOf("cold").size() == 20);
        assertThat(handledOf("cold")).isSorted();
        assertThat(handledOf("hot")).isEmpty();
        release.countDown();
        await().until(() -> handledOf("hot").size() == 20);
        assertThat(handledOf("hot")).isSorted();
    }

    @Test
    void retriesAndThenKeepsADeadLetter(TestEnvironment environment) {
        open(environment, 1);
        String dead = environment.topics().createUnique("dead", 2);
        Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        world.start(world.config(doing((id, event) -> {
                    if (id == 1) {
                        attempts.add(event.attempt());
                        throw new IOException("on purpose");
                    }
                }))
                .ordering(Ordering.PARTITION)
                .retryPolicy(RetryPolicy.fixed(3, Duration.ofMillis(10)))
                .deadLetterTopic(dead));
        byte[] value = world.frame(work, ServiceWorld.meta(work, Map.of()), Map.of("id", 1));
        ProducerRecord<byte[], byte[]> failing =
                RawProducer.record(world.topic, work + "#k", value, Map.of("trace", "t-1"));
        environment.producer().write(failing);
        send(0, "#k", 2);

        await().until(() -> handledOf("k").equals(List.of(2)));
        await().until(world::allCommitted);
        assertThat(attempts).containsExactly(1, 2, 3);
        ConsumerRecord<byte[], byte[]> letter =
                environment.clients().readAll(dead).get(0);
        assertThat(letter.key()).isEqualTo(failing.key());
        assertThat(letter.value()).isEqualTo(value);
        assertThat(text(letter.headers().lastHeader("trace"))).isEqualTo("t-1");
        assertThat(text(letter.headers().lastHeader("__connect.errors.topic"))).isEqualTo(world.topic);
        assertThat(text(letter.headers().lastHeader("__connect.errors.exception.class.name")))
                .isEqualTo("java.io.IOException");
        assertThat(world.events("event.error." + work + "#k")).hasSize(1);
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }

    @Test
    void endsTheTimeOfAHandler(TestEnvironment environment) {
        open(environment, 1);
        world.start(world.config(doing((id, event) -> {
                    if (id == 0) {
                        release.await();
                    }
                }))
                .maxDemand(1)
                .handlerTimeLimit(Duration.ofMillis(300)));
        send(0, "#slow", 0);
        send(0, "#next", 1);

        await().until(() -> handledOf("next").equals(List.of(1)));
        await().until(world::allCommitted);
        assertThat(world.events("event.error." + work + "#slow"))
                .singleElement()
                .satisfies(event -> assertThat(event.payload().toString()).contains("HandlerTimeoutException", "300"));
    }

    /** One partition's events all hang: the others go on with the workers that are theirs, and the health says what is stuck. */
    @Test
    void aStuckPartitionLeavesTheOthersTheirWorkersAndIsSeen(TestEnvironment environment) {
        open(environment, 4);
        Kaufmann service = world.start(world.config(doing((id, event) -> {
                    if (event.partition() == 0) {
                        release.await();
                    }
                }))
                .maxDemand(8)
                .maxInFlightEvents(80)
                .stallAfter(Duration.ofSeconds(2)));
        for (int id = 0; id < 100; id++) {
            for (int partition = 0; partition < 4; partition++) {
                send(partition, "#p" + partition, id);
            }
        }
        await().until(() -> handledOf("p1").size() == 100
                && handledOf("p2").size() == 100
                && handledOf("p3").size() == 100);
        assertThat(handledOf("p0")).isEmpty();
        Health health = await().until(
                        service::health,
                        seen -> seen.status() == Health.Status.STALLED
                                && stuck(seen).pause().isPresent());
        assertThat(health.problems()).anyMatch(problem -> problem.contains(world.topic + "-0@"));
        assertThat(stuck(health).running().orElseThrow().event()).startsWith(work);
        assertThat(stuck(health).events()).isLessThanOrEqualTo(20);

        release.countDown();

        await().until(() -> handledOf("p0").size() == 100);
        await().until(() -> service.health().status() == Health.Status.UP);
        await().until(world::allCommitted);
    }

    /** Its worker is replaced, so that others go on; what is of its key must not, and says so. */
    @Test
    void aKeyWhoseHandlerDoesNotReturnIsSeenThoughOthersGoOn(TestEnvironment environment) {
        open(environment, 1);
        Kaufmann service = world.start(world.config(doing((id, event) -> {
                    if (event.orderingKey().orElseThrow().equals("stuck") && id == 0) {
                        awaitDeafly(release);
                    }
                }))
                .ordering(Ordering.KEY)
                .maxDemand(2)
                .handlerTimeLimit(Duration.ofMillis(300))
                .stallAfter(Duration.ofSeconds(2)));
        send(0, "#stuck", 0);
        send(0, "#stuck", 1);
        int[] sent = {0};
        Health health = await().until(
                        () -> {
                            send(0, "#other", sent[0]++);
                            return service.health();
                        },
                        seen -> seen.status() == Health.Status.STALLED);

        assertThat(health.problems())
                .singleElement()
                .asString()
                .contains("#stuck", "waiting for the handler of an earlier event of its key or partition to return");
        await().until(() -> handledOf("other").size() == sent[0]);
        assertThat(world.events("event.error." + work + "#stuck")).hasSize(1);

        release.countDown();

        await().until(() -> handledOf("stuck").contains(1));
        await().until(() -> service.health().status() == Health.Status.UP);
        await().until(world::allCommitted);
    }

    /** As one does that takes no notice of an interrupt. */
    private static void awaitDeafly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Deaf.
            }
        }
    }

    /** So many platform threads would be more than most machines bear. */
    @Test
    void handlesTenThousandEventsAtOnceOnVirtualThreads(TestEnvironment environment) {
        open(environment, 4);
        assumeThat(Runtime.version().feature())
                .as("virtual threads need Java 21")
                .isGreaterThanOrEqualTo(21);
        AtomicInteger inside = new AtomicInteger();
        Kaufmann service = world.start(world.config(doing((id, event) -> {
                    inside.incrementAndGet();
                    release.await();
                }))
                .workers(Workers.VIRTUAL));
        for (int id = 0; id < 10_000; id++) {
            send(id % 4, "#k" + id, id);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.get() == 10_000);
        assertThat(service.health().workers()).satisfies(workers -> {
            assertThat(workers.size()).isEqualTo(10_000);
            assertThat(workers.busy()).isEqualTo(10_000);
        });
        assertThat(world.events(done)).isEmpty();

        release.countDown();

        await().until(() -> handledCount() == 10_000);
        await().until(world::allCommitted);
        assertThat(world.events(done)).hasSize(10_000);
    }

    private static PartitionHealth stuck(Health health) {
        return health.partitions().stream()
                .filter(partition -> partition.partition() == 0)
                .findFirst()
                .orElseThrow();
    }

    /** What was finished out of turn is not handled again by the next owner, though it could not be committed. */
    @Test
    void doesNotRepeatWhatWasFinishedOutOfTurn(TestEnvironment environment) {
        open(environment, 1);
        CountDownLatch stuck = new CountDownLatch(1);
        Kaufmann before = world.start(world.config(doing((id, event) -> {
                    if (id == 0) {
                        stuck.await();
                    }
                }))
                .drainTimeout(Duration.ofMillis(100)));
        for (int id = 0; id < 50; id++) {
            send(0, "#a", id);
        }
        await().until(() -> handledCount() == 49 && world.events(done).size() == 49);
        before.close();
        stuck.countDown();
        assertThat(environment.topics().committedOffsets(world.group, world.topic))
                .containsEntry(0, 0L);
        handled.clear();

        world.start(doing((id, event) -> {}));

        await().until(world::allCommitted);
        assertThat(handledOf("a")).containsOnly(0);
    }
}
