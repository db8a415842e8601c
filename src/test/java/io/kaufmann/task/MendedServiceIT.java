package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.OffsetReset;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RawProducer;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service and its dead letters, from the first failure to the last redrive; and its group meanwhile. */
@RunsOn(Platform.LOCAL)
class MendedServiceIT {

    private DeadLetterBox box;
    private String replies;
    // By key and id, in the order in which they were handled.
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<Kaufmann> services = new ConcurrentLinkedQueue<>();
    private volatile boolean isBroken = true;

    @BeforeEach
    void open(TestEnvironment environment) {
        box = new DeadLetterBox(environment, 2);
        replies = environment.topics().createUnique("replies", 1);
    }

    @AfterEach
    void close() {
        services.forEach(Kaufmann::close);
    }

    private final EventHandler handler = event -> {
        long id = event.payload().integer("id");
        String key = event.orderingKey().orElse("");
        if (isBroken && key.equals("bad") && id >= 1) {
            throw new IllegalStateException("the ledger is closed");
        }
        handled.add(key + id);
        return Result.noReply();
    };

    private Kaufmann start(EventHandler eventHandler) {
        Kaufmann service = Kaufmann.start(config().eventHandler(eventHandler).build());
        services.add(service);
        return service;
    }

    private KaufmannConfig.Builder config() {
        return box.config()
                .defaultPublishTopic(replies)
                .ordering(Ordering.KEY)
                .deadLetterParking(true)
                .autoOffsetReset(OffsetReset.EARLIEST)
                .commitInterval(Duration.ofMillis(100))
                .shutdownHook(false);
    }

    private void send(int partition, String key, int id) {
        box.environment
                .producer()
                .write(RawProducer.record(
                        box.topic, partition, "order.placed#" + key, ("{\"id\":" + id + "}").getBytes(UTF_8)));
    }

    private List<String> handledOf(String key) {
        return handled.stream().filter(id -> id.startsWith(key)).toList();
    }

    private GroupReport.Partition partition(int number) {
        return DescribeGroup.of(config().build()).run().partitions().get(number);
    }

    private int letters() {
        return box.environment.clients().readAll(box.dead).size();
    }

    @Test
    void getsItsDeadLettersBackInTheirOrder() {
        start(handler);
        for (int id = 0; id < 5; id++) {
            send(0, "bad", id);
            send(0, "good", id);
        }
        await().until(() -> letters() == 4 && handledOf("good").size() == 5);
        await().until(() -> partition(0).lag().orElse(-1) == 0);
        assertThat(partition(0).parkedKeys()).isEqualTo(1);

        // Not mended yet: they fail again, and are counted.
        assertThat(box.redrive().build().run().sent()).isEqualTo(4);
        await().until(() -> letters() == 8);
        assertThat(box.environment.clients().readAll(box.dead).subList(4, 8))
                .allSatisfy(letter ->
                        assertThat(DeadLetterBox.header(letter, Letter.COUNT)).isEqualTo("1"));
        send(0, "bad", 5);
        await().until(() -> letters() == 9);

        isBroken = false;
        RedriveReport report = box.redrive().build().run();
        assertThat(report.sent()).isEqualTo(5);
        assertThat(report.alreadyRedriven()).isEqualTo(4);
        await().until(() -> handledOf("bad").size() == 6);
        assertThat(handledOf("bad")).containsExactly("bad0", "bad1", "bad2", "bad3", "bad4", "bad5");
        await().until(() -> partition(0).parkedKeys() == 0);
        send(0, "bad", 6);
        await().until(() -> handledOf("bad").contains("bad6"));
        assertThat(letters()).isEqualTo(9);
    }

    @Test
    void isLeftAloneAfterTheLastTry() {
        start(handler);
        send(0, "bad", 1);
        for (int times = 1; times <= 2; times++) {
            int count = times;
            await().until(() -> letters() == count);
            assertThat(box.redrive().maxTimes(2).build().run().sent()).isEqualTo(1);
        }
        await().until(() -> letters() == 3);
        RedriveReport report = box.redrive().maxTimes(2).build().run();
        assertThat(report.sent()).isZero();
        assertThat(report.exhausted()).isEqualTo(1);
    }

    @Test
    void describesWhatIsFinishedBehindAnEventThatHangs() {
        CountDownLatch release = new CountDownLatch(1);
        Kaufmann service = start(event -> {
            if (event.payload().integer("id") == 1) {
                release.await();
            }
            handled.add("x");
            return Result.noReply();
        });
        try {
            for (int id = 0; id < 10; id++) {
                send(1, "k" + id, id);
            }
            await().until(() -> handled.size() == 9);
            await().until(() -> partition(1).finishedBeyond() == 8);
            GroupReport report = DescribeGroup.of(config().build()).run();
            assertThat(report.group()).isEqualTo(box.group);
            assertThat(report.state()).isEqualTo("Stable");
            assertThat(report.members()).singleElement().satisfies(member -> {
                assertThat(member.partitions()).isEqualTo(2);
                assertThat(member.host()).isEqualTo("127.0.0.1");
            });
            GroupReport.Partition stuck = report.partitions().get(1);
            assertThat(stuck.committed()).hasValue(1);
            assertThat(stuck.end()).isEqualTo(10);
            assertThat(stuck.lag()).hasValue(9);
            assertThat(stuck.member()).isPresent();
            assertThat(report.totalLag()).isEqualTo(9);
        } finally {
            release.countDown();
        }
        service.close();
        GroupReport after = DescribeGroup.of(config().build()).run();
        assertThat(after.state()).isEqualTo("Empty");
        assertThat(after.members()).isEmpty();
    }
}
