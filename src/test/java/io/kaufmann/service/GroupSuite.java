package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.State;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is lost while instances stop, start, come and go. */
abstract class GroupSuite {

    private static final Map<String, String> COOPERATIVE = Map.of(
            "partition.assignment.strategy",
            CooperativeStickyAssignor.class.getName(),
            // Hears of a rebalance soon.
            "heartbeat.interval.ms",
            "100");

    // Short, and with room for a machine that is busy with other things.
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(5);

    private ServiceWorld world;
    private String order;
    private String placed;

    private void open(TestEnvironment environment, int partitions) {
        world = new ServiceWorld(environment, partitions);
        order = world.eventType("command.order", "id", "\"int\"");
        placed = world.eventType("event.placed", "id", "\"int\"");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private EventHandler placing(Set<Integer> handled, int longestMillis) {
        return EventRouter.on(order, event -> {
            int id = (int) event.payload().integer("id");
            if (longestMillis > 0) {
                // The work of the handler, which is what the test is about.
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longestMillis * 1_000_000L));
            }
            handled.add(id);
            return Result.reply(placed, Map.of("id", id));
        });
    }

    private void sendOrders(int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int id = from; id < to; id++) {
            records.add(world.record(order + "#" + id, Map.of("id", id)));
        }
        world.environment.producer().write(records);
    }

    private Set<Integer> repliedTo() {
        return world.events(placed).stream()
                .map(event -> (Integer) event.payload().get("id"))
                .collect(Collectors.toSet());
    }

    @Test
    void losesNothingWhileItIsStoppedAndStartedFiveTimes(TestEnvironment environment) {
        int orders = 100_000;
        open(environment, 8);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        sendOrders(0, orders);
        for (int stop = 1; stop <= 5; stop++) {
            Kaufmann service = world.start(placing(handled, 3));
            int enough = stop * orders / 6;
            await().atMost(Duration.ofMinutes(2)).until(() -> handled.size() >= enough);
            service.close();
        }
        world.start(placing(handled, 3));
        await().atMost(Duration.ofMinutes(2)).until(() -> handled.size() == orders);
        await().atMost(Duration.ofMinutes(1)).until(world::allCommitted);
        assertThat(repliedTo()).as("replies on the topic").hasSize(orders);
        long replies = world.events(placed).size();
        System.out.printf(
                "5 restarts: %,d orders, %,d replies, %,d of them repeated%n", orders, replies, replies - orders);
    }

    @Test
    void twoInstancesShareThePartitionsAndOneTakesOver(TestEnvironment environment) {
        open(environment, 4);
        Set<Integer> byFirst = ConcurrentHashMap.newKeySet();
        Set<Integer> bySecond = ConcurrentHashMap.newKeySet();
        Kaufmann first = world.start(placing(byFirst, 1));
        Kaufmann second = world.start(world.config(placing(bySecond, 1)).serviceId("instance-2"));
        int sent = 0;
        while (byFirst.isEmpty() || bySecond.isEmpty()) {
            sendOrders(sent, sent + 500);
            sent += 500;
            int all = sent;
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> union(byFirst, bySecond).size() == all);
        }
        sendOrders(sent, sent + 4_000);
        sent += 4_000;
        first.close();
        int handledByFirst = byFirst.size();
        sendOrders(sent, sent + 1_000);
        int all = sent + 1_000;

        await().atMost(Duration.ofMinutes(1))
                .until(() -> union(byFirst, bySecond).size() == all);
        await().atMost(Duration.ofMinutes(1)).until(world::allCommitted);
        assertThat(repliedTo()).hasSize(all);
        assertThat(byFirst).as("nothing runs in an instance that is closed").hasSize(handledByFirst);
        assertThat(second.state()).hasToString("RUNNING");
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        Set<Integer> union = ConcurrentHashMap.newKeySet();
        union.addAll(one);
        union.addAll(other);
        return union;
    }

    @Test
    void severalConsumersOfOneInstanceShareThePartitions(TestEnvironment environment) {
        open(environment, 6);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        world.start(world.config(placing(handled, 0)).consumerThreads(3));
        sendOrders(0, 5_000);
        await().until(() -> handled.size() == 5_000 && world.allCommitted());
        assertThat(repliedTo()).hasSize(5_000);
    }

    @Test
    void keepsTheNewConsumerProtocolToo(TestEnvironment environment) {
        open(environment, 4);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        Kaufmann first = world.start(world.config(placing(handled, 0)).kafkaConsumer("group.protocol", "consumer"));
        world.start(world.config(placing(handled, 0)).kafkaConsumer("group.protocol", "consumer"));
        sendOrders(0, 2_000);
        await().until(() -> handled.size() == 2_000);
        first.close();
        sendOrders(2_000, 4_000);
        await().until(() -> handled.size() == 4_000 && world.allCommitted());
        assertThat(repliedTo()).hasSize(4_000);
    }

    @Test
    void aStartAtLatestSkipsNothingByACrash(TestEnvironment environment) {
        open(environment, 2);
        sendOrders(0, 10);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        Kaufmann atEnd = world.start(world.config(placing(handled, 0)).autoOffsetReset(OffsetReset.LATEST));
        // The start position is there before any event is: a crash from here on is harmless.
        await().until(() -> world.environment
                        .topics()
                        .committedOffsets(world.group, world.topic)
                        .size()
                == 2);
        Map<Integer, Long> start = world.environment.topics().committedOffsets(world.group, world.topic);
        assertThat(start).isEqualTo(world.environment.topics().endOffsets(world.topic));
        atEnd.close();
        sendOrders(10, 20);
        world.start(world.config(placing(handled, 0)).autoOffsetReset(OffsetReset.LATEST));

        await().until(() -> handled.size() == 10 && world.allCommitted());
        assertThat(handled).allMatch(id -> id >= 10);
    }

    @Test
    void aPartitionThatIsAddedLaterIsReadFromItsBeginning(TestEnvironment environment) throws Exception {
        open(environment, 2);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        KaufmannConfig.Builder atLatest = world.config(placing(handled, 0)).autoOffsetReset(OffsetReset.LATEST);
        Kaufmann before = world.start(atLatest);
        await().until(() -> world.environment
                        .topics()
                        .committedOffsets(world.group, world.topic)
                        .size()
                == 2);
        before.close();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            admin.createPartitions(Map.of(world.topic, NewPartitions.increaseTo(4)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        byte[] value = world.record(order, Map.of("id", 7)).value();
        await().ignoreExceptions().until(() -> {
            world.environment.producer().write(RawProducer.record(world.topic, 3, order, value));
            return true;
        });
        world.start(atLatest);

        await().until(() -> handled.contains(7) && world.allCommitted());
    }

    @Test
    void slowHandlersCostNeitherMembershipNorTheirEvents(TestEnvironment environment) throws Exception {
        open(environment, 1);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        EventHandler slow = EventRouter.on(order, event -> {
            calls.incrementAndGet();
            release.await();
            return Result.noReply();
        });
        // All workers hang and the partition is paused, for longer than the group waits for a poll.
        world.start(world.config(slow)
                .drainTimeout(Duration.ofMillis(500))
                .maxDemand(2)
                .maxInFlightEvents(2)
                .kafkaConsumer("max.poll.interval.ms", String.valueOf(POLL_INTERVAL.toMillis())));
        sendOrders(0, 100);
        await().until(() -> calls.get() == 2);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
            Set<String> members = members(admin);
            await().during(POLL_INTERVAL.multipliedBy(2))
                    .atMost(POLL_INTERVAL.multipliedBy(5))
                    .until(() -> members(admin).equals(members));
            assertThat(members).hasSize(1);
        }
        assertThat(world.environment.topics().committedOffsets(world.group, world.topic))
                .as("nothing past an unfinished event")
                .containsEntry(0, 0L);
        release.countDown();
        await().until(world::allCommitted);
        assertThat(calls).as("each event once: the membership was never lost").hasValue(100);
    }

    /** While it waits for a handler it goes on polling, so that nobody else is given, and repeats, what is done. */
    @Test
    void aStopThatTakesLongerThanThePollIntervalRepeatsNothing(TestEnvironment environment) throws Exception {
        open(environment, 1);
        Queue<Integer> calls = new ConcurrentLinkedQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        EventHandler handler = EventRouter.on(order, event -> {
            int id = (int) event.payload().integer("id");
            calls.add(id);
            if (id == 0) {
                release.await();
            }
            return Result.noReply();
        });
        KaufmannConfig.Builder config = world.config(handler)
                .drainTimeout(Duration.ofSeconds(1))
                .kafkaConsumer("max.poll.interval.ms", String.valueOf(POLL_INTERVAL.toMillis()));
        Kaufmann leaving = world.start(config);
        sendOrders(0, 10);
        await().until(() -> calls.size() == 10);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> leaving.stop(Duration.ofSeconds(60)));
        world.start(config.serviceId("instance-2"));
        await().during(POLL_INTERVAL.multipliedBy(2))
                .atMost(POLL_INTERVAL.multipliedBy(3))
                .until(() -> calls.size() == 10 && !stop.isDone());

        release.countDown();

        stop.get(30, TimeUnit.SECONDS);
        await().until(world::allCommitted);
        sendOrders(10, 11);
        await().until(() -> calls.contains(10));
        assertThat(calls).hasSize(11);
    }

    private Set<String> members(Admin admin) throws Exception {
        return admin
                .describeConsumerGroups(List.of(world.group))
                .describedGroups()
                .get(world.group)
                .get(10, TimeUnit.SECONDS)
                .members()
                .stream()
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    @Test
    void instancesThatComeAndGoAtOnceLoseNothing(TestEnvironment environment) throws Exception {
        open(environment, 8);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        Kaufmann running = world.start(placing(handled, 2));
        for (int round = 1; round <= 5; round++) {
            sendOrders((round - 1) * 1_000, round * 1_000);
            int some = round * 1_000 - 500;
            await().until(() -> handled.size() >= some);
            // Two consumers join while another leaves.
            KaufmannConfig.Builder joining = world.config(placing(handled, 2)).consumerThreads(2);
            CompletableFuture<Kaufmann> next = CompletableFuture.supplyAsync(() -> world.start(joining));
            Kaufmann leaving = running;
            running = next.get(30, TimeUnit.SECONDS);
            leaving.close();
            assertThat(leaving.state()).hasToString("STOPPED");
        }
        await().until(() -> handled.size() == 5_000 && world.allCommitted());
        assertThat(repliedTo()).hasSize(5_000);
    }

    /** A member that does not poll keeps the group in the midst of a rebalance for as long as the test wants. */
    @Test
    void aStopInTheMidstOfARebalanceStillCommits(TestEnvironment environment) throws Exception {
        open(environment, 4);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        AtomicInteger calls = new AtomicInteger();
        EventHandler counting = EventRouter.on(order, event -> {
            calls.incrementAndGet();
            return placing(handled, 0).givenEvent(event);
        });
        Kaufmann service = world.start(world.config(counting).kafkaConsumer("heartbeat.interval.ms", "100"));
        AtomicInteger sent = new AtomicInteger(100);
        sendOrders(0, 100);
        await().until(() -> handled.size() == 100 && world.allCommitted());
        try (Log commits = Log.debug("io.kaufmann.internal.consume.OffsetCommitter");
                KafkaConsumer<byte[], byte[]> idle = member(environment, COOPERATIVE);
                KafkaConsumer<byte[], byte[]> joining = member(environment, COOPERATIVE)) {
            await().until(() -> joined(idle));
            // Its request to join starts a rebalance, which waits for the idle member.
            joining.poll(Duration.ofMillis(100));
            await().until(() -> {
                sendOrders(sent.get(), sent.addAndGet(10));
                joining.poll(Duration.ofMillis(50));
                return commits.has("the group is rebalancing");
            });
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> service.stop(Duration.ofSeconds(60)));
            await().until(() -> service.state() == State.DRAINING && commits.count("the group is rebalancing") > 3);
            await().until(() -> {
                idle.poll(Duration.ofMillis(50));
                joining.poll(Duration.ofMillis(50));
                // Settled without the service too: a member that leaves within a rebalance waits for its end.
                return stop.isDone()
                        && idle.assignment().size() + joining.assignment().size() == 4;
            });
            assertThat(service.state()).isEqualTo(State.STOPPED);
        }
        world.start(counting);
        await().until(() -> handled.size() == sent.get() && world.allCommitted());
        assertThat(calls)
                .as("what was finished was committed: nothing is repeated")
                .hasValue(sent.get());
    }

    /** Such as one that was killed, and whose session has yet to end. */
    @Test
    void aStaticMemberWaitsUntilItsPredecessorsPlaceIsFree(TestEnvironment environment) {
        open(environment, 1);
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        sendOrders(0, 3);
        Kaufmann service;
        try (KafkaConsumer<byte[], byte[]> before =
                        member(environment, Map.of("group.protocol", "consumer", "group.instance.id", "place-1"));
                Log log = Log.debug("io.kaufmann.internal.consume.ConsumerThread")) {
            await().until(() -> joined(before));

            service = world.start(world.config(placing(handled, 0))
                    .kafkaConsumer("group.protocol", "consumer")
                    .kafkaConsumer("group.instance.id", "place"));

            await().until(() -> log.has("its group.instance.id is still another member's"));
            assertThat(service.state()).isEqualTo(State.RUNNING);
            assertThat(handled).isEmpty();
        }
        await().until(() -> handled.size() == 3 && world.allCommitted());
        assertThat(service.state()).isEqualTo(State.RUNNING);
    }

    private KafkaConsumer<byte[], byte[]> member(TestEnvironment environment, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", environment.bootstrapServers());
        all.put("group.id", world.group);
        all.put("enable.auto.commit", false);
        KafkaConsumer<byte[], byte[]> member =
                new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        member.subscribe(List.of(world.topic));
        return member;
    }

    private static boolean joined(KafkaConsumer<byte[], byte[]> member) {
        member.poll(Duration.ofMillis(50));
        return !member.assignment().isEmpty();
    }

    @Test
    void aStopFromInsideAHandlerDoesNotWaitForItself(TestEnvironment environment) throws Exception {
        open(environment, 1);
        Kaufmann[] service = new Kaufmann[1];
        CountDownLatch started = new CountDownLatch(1);
        service[0] = world.start(EventRouter.on(order, event -> {
            started.await();
            service[0].stop(Duration.ofSeconds(30));
            return Result.reply(placed, Map.of("id", 1));
        }));
        started.countDown();
        sendOrders(1, 2);

        assertThat(service[0].awaitTermination(Duration.ofSeconds(20))).isTrue();
        assertThat(service[0].state()).hasToString("STOPPED");
        assertThat(repliedTo()).containsExactly(1);
        assertThat(world.environment.topics().committedOffsets(world.group, world.topic))
                .containsEntry(0, 1L);
    }

    @Test
    void aStopWaitsNoLongerThanItsTime(TestEnvironment environment) throws Exception {
        open(environment, 1);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Kaufmann service = world.start(EventRouter.on(order, event -> {
            entered.countDown();
            never.await();
            return Result.noReply();
        }));
        sendOrders(1, 2);
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        service.stop(Duration.ofMillis(300));

        assertThat(service.awaitTermination(Duration.ZERO)).isTrue();
        Set<Integer> handled = ConcurrentHashMap.newKeySet();
        world.start(placing(handled, 0));
        await().until(() -> handled.contains(1) && repliedTo().contains(1));
    }
}
