package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private static Lane lane() {
        return new DeliveryBench().lane();
    }

    @Test
    void givesLanesOutInTheOrderTheyCame() throws InterruptedException {
        WorkQueue queue = new WorkQueue(3, error -> {});
        List<Lane> lanes = List.of(lane(), lane(), lane());
        lanes.forEach(queue::offer);

        assertThat(queue.size()).isEqualTo(3);
        for (Lane lane : lanes) {
            assertThat(queue.take()).containsSame(lane);
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void saysThatItIsABugWhenMoreIsInFlightThanWasCounted() {
        WorkQueue queue = new WorkQueue(2, error -> {});
        queue.offer(lane());
        queue.offer(lane());
        queue.close();
        queue.offer(lane());
        queue.offer(lane());

        assertThatIllegalStateException()
                .isThrownBy(() -> queue.offer(lane()))
                .withMessageContaining("more events are in flight than were counted");
    }

    @Test
    void endsEveryWorkerOnceItIsClosedAndLeavesTheRestUndone() throws InterruptedException {
        WorkQueue queue = new WorkQueue(5, error -> {});
        queue.offer(lane());
        queue.offer(lane());

        queue.close();

        for (int worker = 0; worker < 10; worker++) {
            assertThat(queue.take()).isEmpty();
        }
    }

    @Test
    void givesSeveralLanesAtOnceWhileTheyAreQuick() throws InterruptedException {
        WorkQueue queue = new WorkQueue(10, error -> {});
        List<Lane> lanes = List.of(lane(), lane(), lane(), lane(), lane());
        Lane[] taken = new Lane[2];
        queue.offer(lanes);
        assertThat(queue.take(taken)).isEqualTo(1);
        areQuick(queue);
        assertThat(queue.take(taken)).isEqualTo(2);
        assertThat(taken).containsExactly(lanes.get(1), lanes.get(2));
        assertThat(queue.take(taken)).isEqualTo(1);
    }

    private static void areQuick(WorkQueue queue) {
        for (int i = 0; i < 200; i++) {
            queue.took(1, 1_000);
        }
    }

    /** One is woken for many lanes that are quick, and hangs. */
    @RepeatedTest(100)
    void wakesOthersWhenTheOneThatWasQuickHangs() throws InterruptedException {
        WorkQueue queue = new WorkQueue(10, error -> {});
        areQuick(queue);
        CountDownLatch allHaveOne = new CountDownLatch(4);
        List<Thread> workers = start(4, () -> {
            takeOne(queue);
            allHaveOne.countDown();
        });
        await().until(() -> queue.idle() == 4);
        queue.offer(List.of(lane(), lane(), lane(), lane()));
        await().until(() -> allHaveOne.getCount() == 3);
        // The look that sees the last take, and the one that sees none since.
        queue.wakeIfStalled();
        assertThat(allHaveOne.getCount()).isEqualTo(3);
        queue.wakeIfStalled();

        assertThat(allHaveOne.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread worker : workers) {
            worker.join();
        }
    }

    /** One is woken for many lanes, and wakes the next. */
    @RepeatedTest(100)
    void wakesAsManyWorkersAsThereAreLanesFor() throws InterruptedException {
        WorkQueue queue = new WorkQueue(10, error -> {});
        CountDownLatch allHaveOne = new CountDownLatch(4);
        List<Thread> workers = start(4, () -> {
            takeOne(queue);
            allHaveOne.countDown();
        });
        queue.offer(List.of(lane(), lane(), lane(), lane()));

        assertThat(allHaveOne.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private static List<Thread> start(int count, Runnable work) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread worker = new Thread(work);
            worker.start();
            workers.add(worker);
        }
        return workers;
    }

    private static void takeOne(WorkQueue queue) {
        try {
            var unused = queue.take(new Lane[1]);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @RepeatedTest(100)
    void endsWorkersThatAlreadyWait() throws InterruptedException {
        WorkQueue queue = new WorkQueue(5, error -> {});
        List<Thread> workers = start(4, () -> takeUntilTheEnd(queue));

        queue.close();

        for (Thread worker : workers) {
            worker.join(Duration.ofSeconds(10).toMillis());
            assertThat(worker.isAlive()).isFalse();
        }
    }

    private static void takeUntilTheEnd(WorkQueue queue) {
        try {
            while (queue.take().isPresent()) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
