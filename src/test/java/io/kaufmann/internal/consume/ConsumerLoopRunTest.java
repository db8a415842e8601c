package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.P0;
import static io.kaufmann.internal.consume.LoopBench.finish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop on a thread of its own: wakeups, stop, and its end. */
@Timeout(60)
class ConsumerLoopRunTest {

    private static final Duration SOME_TIME = Duration.ofSeconds(30);

    private final LoopBench bench = new LoopBench();
    private final ScriptedConsumer consumer = bench.consumer;
    private final Thread thread = new Thread(() -> bench.loop().run(), "loop-under-test");

    @AfterEach
    void end() throws InterruptedException {
        if (thread.isAlive()) {
            bench.loop().stop(Deadline.in(Duration.ZERO, bench.clock));
            thread.join(SOME_TIME.toMillis());
        }
        bench.close();
        assertThat(thread.isAlive()).isFalse();
    }

    private void run(int... eachOf) {
        if (eachOf.length > 0) {
            consumer.writeAll(List.of(P0), eachOf[0]);
        }
        consumer.waits = true;
        consumer.duringPoll.add(() -> consumer.assignMore(P0));
        bench.loop();
        thread.start();
    }

    private Delivery take() throws InterruptedException {
        Delivery delivery = bench.queue.take().map(Lane::head).orElseThrow();
        delivery.start();
        return delivery;
    }

    private void stopWithin(Duration time) {
        bench.loop().stop(Deadline.in(time, bench.clock));
    }

    /** P7. */
    @RepeatedTest(20)
    void stopsDuringABacklogAndCommitsWhatHasFinished() throws InterruptedException {
        bench.maxEvents = 4;
        run(100);
        Delivery first = take();
        Delivery second = take();
        finish(first);

        stopWithin(SOME_TIME);
        await().until(() -> !second.assignment().isAbandoned() && !startsAny());
        finish(second);
        thread.join();

        assertThat(bench.failure).hasNullValue();
        assertThat(consumer.isClosed()).isTrue();
        assertThat(consumer.committedOf(P0)).endsWith(2L);
        assertThat(second.assignment().isAbandoned()).isFalse();
    }

    /** As long as a rebalance takes, which waits for the slowest member, but not as long as a broker is away. */
    @ParameterizedTest
    @CsvSource({"R R R, true", "T T T, false", "R T T, false"})
    void commitsAsLongAsItsStopMayTakeWhileTheGroupRebalances(String errors, boolean commits) throws Exception {
        run(1);
        finish(take());
        for (String error : errors.split(" ", -1)) {
            consumer.commitErrors.add(
                    error.equals("R")
                            ? new RebalanceInProgressException("on purpose")
                            : new TimeoutException("on purpose"));
        }
        consumer.duringPoll.add(() -> {
            stopWithin(SOME_TIME);
            for (int i = 0; i < 3; i++) {
                consumer.duringPoll.add(() -> bench.clock.advance(Duration.ofSeconds(6)));
            }
        });
        consumer.wakeup();
        thread.join();

        assertThat(bench.failure).hasNullValue();
        assertThat(consumer.committedOf(P0).contains(1L)).isEqualTo(commits);
    }

    /** Whether a worker could start the next delivery; what it takes in looking is dropped. */
    private boolean startsAny() throws InterruptedException {
        if (bench.queue.size() == 0) {
            return false;
        }
        Delivery next = bench.queue.take().map(Lane::head).orElseThrow();
        if (next.start()) {
            next.unstart();
            next.resume(seat -> {});
            return true;
        }
        next.finish(Outcome.DROPPED);
        return false;
    }

    @Test
    void abandonsWhatStillRunsWhenTheTimeToStopIsOver() throws InterruptedException {
        run(3);
        Delivery first = take();
        Delivery second = take();
        finish(first);

        stopWithin(Duration.ZERO);
        thread.join();

        assertThat(consumer.committedOf(P0)).endsWith(1L);
        assertThat(second.assignment().isAbandoned()).isTrue();
        assertThat(consumer.isClosed()).isTrue();
    }

    @Test
    void aStopDoesNotWaitForTheTimeOfARevokeThatIsGoingOn() throws InterruptedException {
        bench.drainTimeout = Duration.ofHours(1);
        CountDownLatch revoking = new CountDownLatch(1);
        run(1);
        Delivery hanging = take();
        consumer.duringPoll.add(() -> {
            revoking.countDown();
            consumer.revoke(P0);
        });
        consumer.skipTo(P0, 2);
        revoking.await();

        stopWithin(Duration.ZERO);
        thread.join();

        assertThat(hanging.assignment().isAbandoned()).isTrue();
    }

    @Test
    void endsWithAnErrorThatNoTryCanMend() throws InterruptedException {
        run(2);
        Delivery running = take();
        consumer.duringPoll.add(() -> {
            throw new KafkaException("on purpose");
        });
        consumer.skipTo(P0, 3);
        thread.join();

        assertThat(bench.failure.get()).hasMessage("on purpose");
        assertThat(running.assignment().isAbandoned()).isTrue();
        assertThat(consumer.isClosed()).isTrue();
    }

    @Test
    void goesOnAfterAnErrorThatPasses() throws InterruptedException {
        run();
        consumer.duringPoll.add(() -> {
            throw new TimeoutException("on purpose");
        });
        consumer.writeAll(List.of(P0), 1);

        assertThat(take().record().offset()).isZero();
        assertThat(bench.failure).hasNullValue();
    }

    @Test
    void wakesWhenRoomAppearsInsteadOfWaitingForThePollToTimeOut() throws InterruptedException {
        bench.maxEvents = 1;
        run(200);
        // A poll may just time out as the delivery is finished; one of many is met while it waits.
        for (int i = 0; i < 200 && consumer.wakeups.get() == 0; i++) {
            Delivery delivery = take();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            finish(delivery);
        }
        assertThat(consumer.wakeups).hasPositiveValue();
    }

    @Test
    void isNotWokenWhenNothingWaitsForRoom() throws InterruptedException {
        run(50);
        for (int i = 0; i < 50; i++) {
            finish(take());
        }
        assertThat(consumer.wakeups).hasValue(0);
    }

    @Test
    void isNotWokenWhileWorkersHaveEnoughToDo() throws InterruptedException {
        bench.maxEvents = 100;
        run(500);
        await().until(() -> bench.queue.size() == 100);
        for (int i = 0; i < 40; i++) {
            take().finish(Outcome.DONE);
        }
        assertThat(consumer.wakeups).hasValueLessThanOrEqualTo(1);
    }

    @RepeatedTest(100)
    void isNeverStuckHoweverCompletionsAndPollsMeet() throws InterruptedException {
        bench.maxEvents = 3;
        consumer.maxPollRecords = 7;
        AtomicInteger handled = new AtomicInteger();
        Thread[] workers = new Thread[3];
        run(60);
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Thread(() -> {
                try {
                    Optional<Lane> lane = bench.queue.take();
                    while (lane.isPresent()) {
                        Delivery delivery = lane.get().head();
                        delivery.finish(delivery.start() ? Outcome.DONE : Outcome.DROPPED);
                        handled.incrementAndGet();
                        lane = bench.queue.take();
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            workers[i].start();
        }
        await().pollInterval(Duration.ofMillis(1)).atMost(SOME_TIME).until(() -> handled.get() == 60);
        stopWithin(SOME_TIME);
        thread.join();
        bench.queue.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(consumer.committedOf(P0)).isSorted().endsWith(60L);
    }
}
