package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.DeliveryBench;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.telemetry.Tracing;
import io.kaufmann.testing.Spans;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private ProcessorBench bench = new ProcessorBench();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private WorkerPool pool;
    private TimeLimit limit;

    private void start(int workers, int maxLost) {
        pool = new WorkerPool(
                new WorkerPool.Size(WorkerThreads.platform(), workers, maxLost),
                bench.deliveries.queue,
                bench.processor(),
                Clock.system(),
                failure::set);
        limit = new TimeLimit(LIMIT, pool, bench.processor(), bench.clock);
        pool.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        release.countDown();
        pool.close(Deadline.in(Duration.ofSeconds(10), Clock.system()));
        bench.close();
        assertThat(failure).hasNullValue();
    }

    /** A handler that waits for the test, and does not heed its interrupt. */
    private void ignoreInterrupts() {
        bench.handler = event -> {
            seen.add("in " + event.offset());
            boolean interrupted = false;
            while (true) {
                try {
                    release.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            seen.add("out " + event.offset() + (interrupted ? " interrupted" : ""));
            return Result.reply("order.confirmed", java.util.Map.of());
        };
    }

    private void pass(Duration time) {
        bench.clock.advance(time);
        limit.turn();
    }

    private void awaitCalls(int count) {
        await().until(() -> pool.calls().count() == count);
    }

    @Test
    void interruptsAHandlerWhoseTimeIsOverAndItsEventFails() {
        bench.handler = event -> {
            release.await();
            return Result.noReply();
        };
        start(1, 0);
        Delivery delivery = bench.deliveries.queued("order.placed", new byte[0]);
        awaitCalls(1);
        pass(LIMIT.minusNanos(1));
        assertThat(delivery.outcome()).isNull();

        pass(Duration.ofNanos(1));

        await().until(() -> delivery.outcome() == Outcome.DONE);
        assertThat(bench.outbox.texts()).contains("event.error.order.placed to default");
        assertThat(bench.outbox.value(0)).contains("HandlerTimeoutException");
        assertThat(pool.lost()).isZero();
    }

    @Test
    void discardsALateResultAndLetsTheLaneWaitForTheThreadsReturn() {
        ignoreInterrupts();
        start(2, 0);
        Lane lane = bench.deliveries.lane();
        Delivery late = bench.deliveries.delivery(lane, "order.placed", new byte[0]);
        Delivery behind = bench.deliveries.delivery(lane, "order.placed", new byte[0]);
        lane.append(late);
        lane.append(behind);
        awaitCalls(1);

        pass(LIMIT);
        await().until(() -> late.outcome() == Outcome.DONE);

        assertThat(behind.outcome()).isNull();
        assertThat(seen).containsExactly("in 0");
        release.countDown();
        await().until(() -> behind.outcome() == Outcome.DONE);
        assertThat(List.copyOf(seen).subList(0, 3)).containsExactly("in 0", "out 0 interrupted", "in 1");
        // The error event of the first, to both its topics, and the reply of the second; none of the first's.
        assertThat(bench.outbox.texts())
                .filteredOn("order.confirmed to default"::equals)
                .hasSize(1);
    }

    @Test
    void replacesAWorkerThatDoesNotComeBack() {
        ignoreInterrupts();
        start(1, 1);
        bench.deliveries.queued("order.placed", new byte[0]);
        awaitCalls(1);
        pass(LIMIT);
        assertThat(pool.lost()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(pool.lost()).isEqualTo(1);
        assertThat(limit.unreplaced()).isZero();
        bench.handler = event -> Result.noReply();
        Delivery next = bench.deliveries.queued("order.placed", new byte[0]);
        await().until(() -> next.outcome() == Outcome.DONE);
        release.countDown();
        await().until(() -> pool.lost() == 0);
    }

    @Test
    void replacesNoMoreThanItMay() {
        ignoreInterrupts();
        start(2, 1);
        bench.deliveries.queued("order.placed", new byte[0]);
        bench.deliveries.queued("order.placed", new byte[0]);
        awaitCalls(2);

        pass(LIMIT);
        pass(Duration.ofSeconds(1));

        assertThat(pool.lost()).isEqualTo(1);
        assertThat(limit.unreplaced()).isEqualTo(1);
        release.countDown();
        awaitCalls(0);
        limit.turn();
        assertThat(limit.unreplaced()).isZero();
    }

    /** The failure of an event goes its way though its worker is stuck, and all workers that its partition may have. */
    @Test
    void tellsOfTheFailureThoughThePartitionHoldsAllItsWorkers() {
        bench.close();
        bench = new ProcessorBench(new DeliveryBench(1));
        ignoreInterrupts();
        start(2, 0);
        Delivery stuck = bench.deliveries.queued("order.placed", new byte[0]);
        awaitCalls(1);
        pass(LIMIT);
        await().until(() -> stuck.outcome() == Outcome.DONE);
        assertThat(bench.deliveries.assignment.share().taken()).isEqualTo(1);
        release.countDown();
        await().until(() -> bench.deliveries.assignment.share().taken() == 0);
    }

    /** The limit and the handler's return at the same time: one of them counts, whichever, and nobody is interrupted later. */
    @RepeatedTest(100)
    void letsEitherTheResultOrTheLimitCount() {
        bench.handler = event -> {
            seen.add("in");
            release.await();
            return Result.reply("order.confirmed", java.util.Map.of());
        };
        start(2, 2);
        Lane lane = bench.deliveries.lane();
        Delivery raced = bench.deliveries.delivery(lane, "order.placed", new byte[0]);
        Delivery behind = bench.deliveries.delivery(lane, "order.placed", new byte[0], new RecordHeaders());
        lane.append(raced);
        lane.append(behind);
        await().until(() -> seen.size() == 1);

        release.countDown();
        pass(LIMIT);

        await().until(() -> raced.outcome() == Outcome.DONE && behind.outcome() == Outcome.DONE);
        long replies = bench.outbox.texts().stream()
                .filter("order.confirmed to default"::equals)
                .count();
        long errors = bench.outbox.texts().stream()
                .filter("event.error.order.placed to default"::equals)
                .count();
        assertThat(replies + errors).isEqualTo(2);
    }

    @Test
    void knowsNoCallThatHasReturned() {
        bench.handler = event -> Result.noReply();
        start(1, 1);
        Delivery delivery = bench.deliveries.queued("order.placed", new byte[0]);
        await().until(() -> delivery.outcome() == Outcome.DONE);
        awaitCalls(0);
        assertThat(pool.calls().map(HandlerCall::delivery)).isEmpty();
    }

    /** The thread of a handler that comes back late is clean again, and the answer was given below its span. */
    @Test
    void closesTheSpanOfALateHandlerOnItsOwnThread() {
        try (Spans spans = new Spans()) {
            bench.tracing = spans.tracing();
            ignoreInterrupts();
            start(1, 1);
            Delivery late = bench.deliveries.queued("order.placed", new byte[0]);
            awaitCalls(1);
            pass(LIMIT);
            pass(LIMIT);
            await().until(() -> late.outcome() == Outcome.DONE);
            assertThat(spans.ended()).isEmpty();
            Queue<String> current = new ConcurrentLinkedQueue<>();
            bench.handler = event -> {
                current.add(Spans.current());
                return Result.noReply();
            };

            release.countDown();
            await().until(() -> !spans.ended().isEmpty());
            Delivery next = bench.deliveries.queued("order.paid", new byte[0]);
            await().until(() -> next.outcome() == Outcome.DONE);

            SpanData handling = spans.one("order.placed process");
            assertThat(handling.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(handling.getEvents()).asString().contains("kaufmann.handler.time.limit");
            await().until(() -> spans.ended().size() == 2);
            assertThat(spans.one("order.paid process").getParentSpanContext().isValid())
                    .isFalse();
            assertThat(current).containsExactly(Spans.traceparent(spans.one("order.paid process")));
            bench.outbox.sent.forEach(sent -> sent.acknowledgement()
                    .span()
                    .orElseThrow()
                    .publishing(new Tracing.Publishing("late", "t", new RecordHeaders()))
                    .end());
            assertThat(spans.ended("late publish"))
                    .isNotEmpty()
                    .extracting(SpanData::getParentSpanId)
                    .containsOnly(handling.getSpanId());
        }
    }
}
