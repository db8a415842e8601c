package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @RepeatedTest(100)
    void endsWorkersThatAlreadyWait() throws InterruptedException {
        WorkQueue queue = new WorkQueue(5, error -> {});
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> takeUntilTheEnd(queue));
            worker.start();
            workers.add(worker);
        }

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
