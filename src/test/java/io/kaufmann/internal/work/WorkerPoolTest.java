package io.kaufmann.internal.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.DeliveryBench;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.time.TimerThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
@ParameterizedClass
@MethodSource("kinds")
class WorkerPoolTest {

    @Parameter
    private WorkerThreads threads;

    /** The kinds that this JVM has. */
    static Stream<WorkerThreads> kinds() {
        return Stream.concat(Stream.of(WorkerThreads.platform()), WorkerThreads.virtual().stream());
    }

    private final ProcessorBench bench = new ProcessorBench();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private WorkerPool pool;

    private void start(int size) {
        pool = new WorkerPool(
                new WorkerPool.Size(threads, size, 2),
                bench.deliveries.queue,
                bench.processor(),
                Clock.system(),
                failure::set);
        pool.start();
    }

    private static Deadline in(Duration time) {
        return Deadline.in(time, Clock.system());
    }

    @AfterEach
    void end() throws InterruptedException {
        pool.close(in(Duration.ZERO));
        bench.close();
    }

    @Test
    void keepsItsWorkersWhateverHandlersDoToTheirThreads() {
        bench.handler = event -> {
            Thread.currentThread().interrupt();
            throw new AssertionError("on purpose");
        };
        start(1);
        Delivery last = null;
        for (int i = 0; i < 20; i++) {
            last = bench.deliveries.queued("order.placed", new byte[0]);
        }
        Delivery awaited = last;
        await().until(() -> awaited.outcome() == Outcome.DONE);
        assertThat(failure).hasNullValue();
    }

    @Test
    void knowsItsOwnThreads() throws Exception {
        CompletableFuture<Boolean> calling = new CompletableFuture<>();
        bench.handler = event -> {
            calling.complete(pool.isCalling());
            return Result.noReply();
        };
        start(2);
        bench.deliveries.queued("order.placed", new byte[0]);
        assertThat(calling.get(30, SECONDS)).isTrue();
        assertThat(pool.isCalling()).isFalse();
    }

    @Test
    void letsHandlersFinishUntilTheDeadlineAndInterruptsThemThen() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CompletableFuture<String> ended = new CompletableFuture<>();
        bench.handler = event -> {
            handling.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
            return Result.noReply();
        };
        start(1);
        bench.deliveries.queued("order.placed", new byte[0]);
        Delivery left = bench.deliveries.queued("order.placed", new byte[0]);
        handling.await();

        pool.close(in(Duration.ofMillis(20)));

        assertThat(ended.get(30, SECONDS)).isEqualTo("interrupted");
        assertThat(left.outcome()).isNull();
    }

    /** It is delivered again elsewhere, so what the interrupt does to it is no answer. */
    @Test
    void publishesNothingOfAHandlerThatItInterrupts() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        bench.handler = event -> {
            handling.countDown();
            new CountDownLatch(1).await();
            return Result.noReply();
        };
        start(1);
        Delivery delivery = bench.deliveries.queued("order.placed", new byte[0]);
        handling.await();

        pool.close(in(Duration.ZERO));

        await().until(() -> delivery.outcome() == Outcome.DROPPED);
        assertThat(bench.outbox.sent).isEmpty();
    }

    @Test
    void tellsOfAnErrorThatIsNoHandlersAndGoesOn() {
        bench.telemetry = new io.kaufmann.telemetry.Telemetry() {
            @Override
            public void handled(Handled handled) {
                if (bench.handled.size() == 1) {
                    throw new IllegalStateException("a bug, on purpose");
                }
            }
        };
        start(1);
        bench.deliveries.queued("order.placed", new byte[0]);
        Delivery second = bench.deliveries.queued("order.placed", new byte[0]);
        await().until(() -> second.outcome() == Outcome.DONE);
        assertThat(failure.get()).hasMessage("a bug, on purpose");
    }

    /** Many lanes of a partition are done by one worker while they are quick; when they hang, all its workers are at them again. */
    @RepeatedTest(10)
    void hasAllWorkersOfAShareAtWorkWhenQuickHandlersBeginToHang() {
        DeliveryBench deliveries = new DeliveryBench(8);
        Assignment other = new Assignment(new TopicPartition("orders", 4), deliveries.shares, new ParkedKeys());
        assertThat(other.share().taken()).isZero();
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger hanging = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (ProcessorBench shared = new ProcessorBench(deliveries)) {
            shared.handler = event -> {
                if (handled.incrementAndGet() > 2_000) {
                    hanging.incrementAndGet();
                    go.await();
                }
                return Result.noReply();
            };
            pool = new WorkerPool(
                    new WorkerPool.Size(threads, 8, 0),
                    deliveries.queue,
                    shared.processor(),
                    Clock.system(),
                    failure::set);
            List<Delivery> all = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                all.add(deliveries.queued("order.placed", new byte[0]));
            }
            pool.start();
            try (TimerThread timer = new TimerThread()) {
                pool.watch(timer);
                await().until(() -> hanging.get() == 4);
                go.countDown();
                await().until(() -> all.stream().allMatch(delivery -> delivery.outcome() == Outcome.DONE));
                await().until(() -> deliveries.assignment.share().taken() == 0);
            }
        }
        assertThat(failure).hasNullValue();
    }
}
