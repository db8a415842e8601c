package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.handoff.Outbox.Cause;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandlerCallTest {

    private final DeliveryBench bench = new DeliveryBench();
    private final Lane lane = bench.lane();

    private HandlerCall call() {
        Delivery delivery = bench.delivery(lane);
        lane.append(delivery);
        bench.take();
        return new HandlerCall(delivery, new Cause(null, Optional.empty()), Thread.currentThread(), 0);
    }

    @Test
    void countsWhenItReturnsInTime() {
        HandlerCall call = call();

        assertThat(call.returned()).isTrue();
        assertThat(call.endTime()).isFalse();
        assertThat(call.isOverdue()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void isInterruptedAndDiscardedWhenItsTimeIsOver() {
        HandlerCall call = call();

        assertThat(call.endTime()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(call.isOverdue()).isTrue();
        assertThat(call.endTime()).isFalse();

        assertThat(call.returned()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void holdsItsLaneUntilItReturns() {
        HandlerCall call = call();
        Delivery next = bench.delivery(lane);
        lane.append(next);
        call.endTime();

        call.delivery().finish(Outcome.DONE);

        assertThat(bench.queue.size()).isZero();
        assertThat(lane.isIdle()).isFalse();
        assertThat(call.returned()).isFalse();
        assertThat(bench.take()).isSameAs(next);
    }

    /** The interrupt strikes in the handler or not at all: whatever comes after it never meets one. */
    @RepeatedTest(100)
    void neverLeavesAnInterruptBehind() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<HandlerCall> made = new CompletableFuture<>();
        CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();
        CompletableFuture<Boolean> counted = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            HandlerCall call = call();
            made.complete(call);
            inside.countDown();
            counted.complete(call.returned());
            for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
            }
            interruptedAfterwards.complete(Thread.currentThread().isInterrupted());
        });
        worker.start();
        inside.await();
        boolean ended = made.get(30, TimeUnit.SECONDS).endTime();
        worker.join();

        assertThat(interruptedAfterwards.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(counted.get(30, TimeUnit.SECONDS)).isNotEqualTo(ended);
    }
}
