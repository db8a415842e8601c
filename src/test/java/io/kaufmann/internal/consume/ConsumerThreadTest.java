package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a consumer that the group does not take. */
@Timeout(60)
class ConsumerThreadTest {

    private final SettableClock clock = new SettableClock();
    private final WorkQueue queue = new WorkQueue(100, error -> {});
    private final Handoff handoff = new Handoff(
            new Names(EventNaming.key(), name -> true),
            new Shares(queue, 10, OptionalInt.empty()),
            new Flights(),
            new Tally(Telemetry.NONE, "g"));
    private final Queue<ScriptedConsumer> consumers = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Silence silence = Silence.of("io.kaufmann");
    private volatile Consumer<ScriptedConsumer> script = consumer -> {};
    private boolean refusalIsFinal;
    private ConsumerThread thread;
    private Thread running;

    private ConsumerLoop loop(Consumer<Throwable> onFailure) {
        ScriptedConsumer consumer = new ScriptedConsumer();
        consumer.topic("orders", 1);
        consumer.waits = true;
        script.accept(consumer);
        consumers.add(consumer);
        LoopSettings settings = new LoopSettings(
                List.of("orders"),
                true,
                100,
                1_000_000,
                1_000,
                Duration.ofSeconds(1),
                1_000,
                false,
                0,
                new LaneRule(Ordering.UNORDERED, KeylessEvents.UNORDERED),
                Duration.ZERO,
                refusalIsFinal,
                false);
        return new ConsumerLoop(ConsumerLoop.Clients.of(consumer), settings, handoff, clock, onFailure);
    }

    private static void refuse(ScriptedConsumer consumer) {
        consumer.duringPoll.add(() -> {
            throw new UnreleasedInstanceIdException("on purpose");
        });
    }

    private void start() {
        thread = new ConsumerThread(this::loop, clock, failure::set);
        running = new Thread(thread, "thread-under-test");
        running.start();
    }

    private void stop() throws InterruptedException {
        thread.stop(Deadline.in(Duration.ZERO, clock));
        running.join(30_000);
        assertThat(running.isAlive()).isFalse();
    }

    @AfterEach
    void end() throws InterruptedException {
        stop();
        silence.close();
    }

    @Test
    void triesWithANewConsumerUntilTheGroupTakesIt() throws InterruptedException {
        CountDownLatch assigned = new CountDownLatch(1);
        script = consumer -> {
            if (consumers.size() < 2) {
                refuse(consumer);
            } else {
                consumer.duringPoll.add(() -> consumer.assignMore(LoopBench.P0));
                consumer.duringPoll.add(assigned::countDown);
            }
        };
        start();

        assigned.await();

        assertThat(failure).hasNullValue();
        assertThat(consumers).hasSize(3).extracting(ScriptedConsumer::isClosed).containsExactly(true, true, false);
    }

    /** By the protocol of KIP-848 a consumer that may not join tells so once, and never joins again. */
    @Test
    void triesWithANewConsumerWhenTheGroupRefusedTheFirstForGood() throws InterruptedException {
        refusalIsFinal = true;
        CountDownLatch assigned = new CountDownLatch(1);
        script = consumer -> {
            if (consumers.size() < 2) {
                consumer.duringPoll.add(() -> {
                    throw consumers.isEmpty()
                            ? new GroupAuthorizationException("group")
                            : new SaslAuthenticationException("on purpose");
                });
            } else {
                consumer.duringPoll.add(() -> consumer.assignMore(LoopBench.P0));
                consumer.duringPoll.add(assigned::countDown);
            }
        };
        start();

        assigned.await();

        assertThat(failure).hasNullValue();
        assertThat(consumers).hasSize(3).extracting(ScriptedConsumer::isClosed).containsExactly(true, true, false);
        assertThat(thread.keptOut())
                .hasValueSatisfying(kept -> assertThat(kept.reason()).contains("on purpose"));
    }

    @Test
    void goesOnWithItsConsumerWhenARefusalPasses() throws InterruptedException {
        CountDownLatch polledAgain = new CountDownLatch(1);
        script = consumer -> {
            consumer.duringPoll.add(() -> {
                throw new GroupAuthorizationException("group");
            });
            consumer.duringPoll.add(polledAgain::countDown);
        };
        start();

        polledAgain.await();

        assertThat(consumers).hasSize(1);
    }

    @Test
    void tellsHowLongItIsKeptOut() {
        script = ConsumerThreadTest::refuse;
        start();
        await().until(() -> thread.keptOut().isPresent());
        int before = consumers.size();
        clock.advance(Duration.ofSeconds(5));
        await().until(() -> consumers.size() > before);
        await().untilAsserted(() -> assertThat(thread.keptOut())
                .hasValueSatisfying(kept -> assertThat(kept.lasting()).isGreaterThanOrEqualTo(Duration.ofSeconds(5))));

        int refused = consumers.size();
        script = consumer -> {};
        await().until(() -> consumers.size() > refused);
        await().untilAsserted(() -> {
            clock.advance(Duration.ofSeconds(20));
            assertThat(thread.keptOut()).isEmpty();
        });
    }

    @Test
    void stopsWhileItWaitsToTryAgain() throws InterruptedException {
        script = ConsumerThreadTest::refuse;
        start();
        await().until(() -> thread.keptOut().isPresent());

        stop();

        assertThat(consumers).allMatch(ScriptedConsumer::isClosed);
        assertThat(failure).hasNullValue();
    }

    @Test
    void failsWithAnyOtherError() throws InterruptedException {
        KafkaException error = new GroupMaxSizeReachedException("on purpose");
        script = consumer -> consumer.duringPoll.add(() -> {
            throw error;
        });
        start();

        running.join(30_000);

        assertThat(failure).hasValue(error);
        assertThat(consumers).hasSize(1);
    }

    @Test
    void failsWhenThereIsNoOtherConsumer() throws InterruptedException {
        KafkaException error = new KafkaException("none can be made, on purpose");
        script = consumer -> {
            if (!consumers.isEmpty()) {
                throw error;
            }
            refuse(consumer);
        };
        start();

        running.join(30_000);

        assertThat(failure).hasValue(error);
    }
}
