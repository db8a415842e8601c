package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    private final Assignment assignment = new DeliveryBench().assignment;

    @Test
    void countsWhatRuns() {
        assertThat(assignment.tryStart()).isTrue();
        assertThat(assignment.tryStart()).isTrue();
        assertThat(assignment.running()).isEqualTo(2);

        assignment.ended();

        assertThat(assignment.running()).isEqualTo(1);
    }

    @Test
    void startsNothingMoreOnceItDrainsAndStillCountsWhatRuns() {
        assignment.tryStart();
        assignment.tryStart();

        assignment.drain();
        assignment.drain();

        assertThat(assignment.tryStart()).isFalse();
        assertThat(assignment.running()).isEqualTo(2);
        assignment.ended();
        assignment.ended();
        assertThat(assignment.running()).isZero();
        assertThat(assignment.tryStart()).isFalse();
        assertThat(assignment.isAbandoned()).isFalse();
    }

    @Test
    void startsNothingMoreOnceItIsAbandoned() {
        assignment.abandon();

        assertThat(assignment.isAbandoned()).isTrue();
        assertThat(assignment.tryStart()).isFalse();
        assertThat(assignment.running()).isZero();
    }

    @RepeatedTest(100)
    void startsNothingAfterADrainThatFoundNothingRunning() throws InterruptedException {
        AtomicInteger runningNow = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> {
                while (assignment.tryStart()) {
                    runningNow.incrementAndGet();
                    runningNow.decrementAndGet();
                    assignment.ended();
                }
            });
            worker.start();
            workers.add(worker);
        }
        assignment.drain();
        while (assignment.running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(runningNow).hasValue(0);
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(assignment.running()).isZero();
    }
}
