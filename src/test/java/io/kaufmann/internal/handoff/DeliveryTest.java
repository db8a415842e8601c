package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeliveryTest {

    private final DeliveryBench bench = new DeliveryBench();
    private final Lane lane = bench.lane();

    private Delivery taken() {
        Delivery delivery = bench.delivery(lane);
        lane.append(delivery);
        assertThat(bench.take()).isSameAs(delivery);
        return delivery;
    }

    @Test
    void endsOnceHoweverOftenItIsFinished() {
        Delivery delivery = taken();
        delivery.start();
        assertThat(delivery.outcome()).isNull();

        delivery.finish(Outcome.DONE);
        delivery.finish(Outcome.DROPPED);
        delivery.finish(Outcome.DONE);

        assertThat(delivery.outcome()).isEqualTo(Outcome.DONE);
        assertThat(bench.completed()).containsExactly(delivery);
        assertThat(bench.assignment.running()).isZero();
    }

    /** The lane first, then the completion, then the count, then the signal. */
    @Test
    void letsTheLaneGoOnBeforeTheConsumerThreadHearsOfIt() {
        AtomicReference<Completions> completions = new AtomicReference<>();
        List<String> seen = new ArrayList<>();
        completions.set(new Completions(() -> seen.add("queued " + bench.queue.size() + ", completed "
                + completions.get().hasAny() + ", running " + bench.assignment.running())));
        Delivery first = new Delivery(
                DeliveryBench.record(0, "a", null),
                java.util.Optional.empty(),
                bench.assignment,
                0,
                lane,
                completions.get());
        lane.append(first);
        lane.append(bench.delivery(lane));
        bench.take();
        first.start();
        bench.assignment.wakeAt(1);

        first.finish(Outcome.DONE);

        assertThat(seen).containsExactly("queued 1, completed true, running 0");
    }

    @Test
    void countsAsRunningFromItsStartToItsEnd() {
        Delivery delivery = taken();
        assertThat(delivery.isStarted()).isFalse();

        assertThat(delivery.start()).isTrue();
        assertThat(delivery.start()).isTrue();

        assertThat(delivery.isStarted()).isTrue();
        assertThat(bench.assignment.running()).isEqualTo(1);
        delivery.finish(Outcome.DONE);
        assertThat(bench.assignment.running()).isZero();
    }

    @Test
    void doesNotStartWhenItsAssignmentHasEnded() {
        Delivery delivery = taken();
        bench.assignment.drain();

        assertThat(delivery.start()).isFalse();
        delivery.finish(Outcome.DROPPED);

        assertThat(bench.assignment.running()).isZero();
        assertThat(bench.completed()).containsExactly(delivery);
    }

    @Test
    void staysStartedThroughADrain() {
        Delivery delivery = taken();
        delivery.start();

        bench.assignment.drain();

        assertThat(delivery.start()).isTrue();
        assertThat(bench.assignment.running()).isEqualTo(1);
    }

    @Test
    void isNotWaitedForWhileItIsPutAsideAndDoesNotStartAgainAfterADrain() {
        Delivery delivery = taken();
        delivery.unstart();
        assertThat(bench.assignment.running()).isZero();

        delivery.start();
        delivery.unstart();

        assertThat(bench.assignment.running()).isZero();
        assertThat(delivery.start()).isTrue();
        delivery.unstart();
        bench.assignment.drain();
        assertThat(delivery.start()).isFalse();
        delivery.finish(Outcome.DROPPED);
        assertThat(bench.assignment.running()).isZero();
    }

    @Test
    void comesBackToAWorkerToGoOnWithItsNextStep() {
        Delivery delivery = taken();
        assertThat(delivery.takeNextStep()).isEmpty();
        List<String> ran = new ArrayList<>();

        delivery.resume(seat -> ran.add("step"));

        Delivery again = bench.take();
        assertThat(again).isSameAs(delivery);
        again.takeNextStep().orElseThrow().run(new Seat());
        assertThat(ran).containsExactly("step");
        assertThat(again.takeNextStep()).isEmpty();
    }

    @Test
    void tellsItsPlaceAndWeighsItsRecord() {
        Delivery named = bench.delivery(lane, "order.placed#42", new byte[10]);
        Delivery nameless = bench.delivery(lane, null, null);

        assertAll(
                () -> assertThat(named).hasToString("order.placed#42 from orders-3@0"),
                () -> assertThat(nameless).hasToString("an event without a name from orders-3@1"),
                () -> assertThat(bench.delivery(lane, "a\nb", null)).hasToString("a\\u000ab from orders-3@2"),
                () -> assertThat(nameless.bytes()).isZero());
    }

    @RepeatedTest(100)
    void isFinishedByOneOfManyThreads() throws InterruptedException {
        Delivery delivery = taken();
        delivery.start();
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Outcome how = i % 2 == 0 ? Outcome.DONE : Outcome.DROPPED;
            Thread thread = new Thread(() -> {
                awaitQuietly(together);
                delivery.finish(how);
            });
            thread.start();
            threads.add(thread);
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bench.completed()).containsExactly(delivery);
        assertThat(bench.assignment.running()).isZero();
        assertThat(lane.isIdle()).isTrue();
    }

    /** What a revoke rests on: once it sees nothing running, every event that was done is among the completions. */
    @RepeatedTest(100)
    void aDrainThatSeesNothingRunningFindsEveryCompletion() throws InterruptedException {
        Set<Delivery> done = ConcurrentHashMap.newKeySet();
        CountDownLatch halfway = new CountDownLatch(40);
        for (int i = 0; i < 400; i++) {
            bench.queued("order.placed", null);
        }
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> work(done, halfway));
            worker.start();
            workers.add(worker);
        }
        awaitQuietly(halfway);

        bench.assignment.drain();
        while (bench.assignment.running() > 0) {
            Thread.onSpinWait();
        }
        Set<Delivery> found = new HashSet<>(bench.completed());

        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(found).containsAll(done);
        List<Delivery> late = bench.completed();
        assertThat(late).allMatch(delivery -> delivery.outcome() == Outcome.DROPPED);
        assertThat(found.size() + late.size()).isEqualTo(400);
    }

    private void work(Set<Delivery> done, CountDownLatch halfway) {
        try {
            var lane = bench.queue.take();
            while (lane.isPresent()) {
                Delivery delivery = lane.get().head();
                boolean started = delivery.start();
                if (started) {
                    done.add(delivery);
                }
                halfway.countDown();
                delivery.finish(started ? Outcome.DONE : Outcome.DROPPED);
                if (bench.queue.size() == 0) {
                    bench.queue.close();
                }
                lane = bench.queue.take();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
