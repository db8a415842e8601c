package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final DeliveryBench bench = new DeliveryBench();
    private final Lane lane = bench.lane();

    @Test
    void entersTheQueueWithItsFirstDeliveryAndOnlyOnce() {
        assertThat(lane.isIdle()).isTrue();
        Delivery first = bench.delivery(lane);

        lane.append(first);
        lane.append(bench.delivery(lane));
        lane.append(bench.delivery(lane));

        assertThat(bench.queue.size()).isEqualTo(1);
        assertThat(lane.head()).isSameAs(first);
        assertThat(lane.isIdle()).isFalse();
    }

    @Test
    void goesOnWithItsNextDeliveryWhenTheHeadHasEnded() {
        Delivery first = bench.delivery(lane);
        Delivery second = bench.delivery(lane);
        lane.append(first);
        lane.append(second);
        assertThat(bench.take()).isSameAs(first);
        assertThat(bench.queue.size()).isZero();

        lane.advance(first);

        assertThat(bench.take()).isSameAs(second);
        lane.advance(second);
        assertThat(lane.isIdle()).isTrue();
        assertThat(bench.queue.size()).isZero();
    }

    @Test
    void entersTheQueueAgainAfterItWasIdle() {
        Delivery first = bench.delivery(lane);
        lane.append(first);
        bench.take();
        lane.advance(first);

        Delivery second = bench.delivery(lane);
        lane.append(second);

        assertThat(bench.take()).isSameAs(second);
    }

    @Test
    void doesNotEndADeliveryOutOfItsTurn() {
        lane.append(bench.delivery(lane));
        Delivery second = bench.delivery(lane);
        lane.append(second);

        assertThatIllegalStateException()
                .isThrownBy(() -> lane.advance(second))
                .withMessageContaining("order.placed from orders-3@1");
    }

    @Test
    void beginsNothingWhileItIsHeld() {
        lane.hold();
        Delivery first = bench.delivery(lane);
        lane.append(first);
        lane.append(bench.delivery(lane));
        assertThat(bench.queue.size()).isZero();
        assertThat(lane.isIdle()).isFalse();

        lane.letGo();

        assertThat(bench.take()).isSameAs(first);
        assertThat(bench.queue.size()).isZero();
    }

    @Test
    void isHeldBetweenTwoDeliveries() {
        Delivery first = bench.delivery(lane);
        Delivery second = bench.delivery(lane);
        lane.append(first);
        lane.append(second);
        bench.take();
        lane.hold();

        lane.advance(first);

        assertThat(bench.queue.size()).isZero();
        lane.letGo();
        assertThat(bench.take()).isSameAs(second);
    }

    /** What its head has begun goes on: the failure of an event whose handler has not returned is told all the same. */
    @Test
    void goesOnWithWhatHasBegunThoughItIsHeld() {
        Delivery first = bench.delivery(lane);
        lane.append(first);
        bench.take();
        lane.hold();

        first.resume(seat -> {});

        assertThat(bench.take()).isSameAs(first);
        first.sleep(seat -> {});
        first.wake();
        assertThat(bench.queue.size()).isZero();
        lane.letGo();
        assertThat(bench.take()).isSameAs(first);
    }

    /** A handler that never returns must not keep what can only be dropped, and its place among what is in flight. */
    @Test
    void letsWhatHasNotBegunGoOnceItsAssignmentHasEnded() {
        Delivery stuck = bench.delivery(lane);
        Delivery second = bench.delivery(lane);
        Delivery third = bench.delivery(lane);
        List.of(stuck, second, third).forEach(lane::append);
        bench.take();
        lane.hold();
        lane.advance(stuck);
        assertThat(bench.queue.size()).isZero();

        bench.assignment.drain();
        lane.hurry();

        assertThat(bench.take()).isSameAs(second);
        assertThat(second.start()).isFalse();
        second.finish(Outcome.DROPPED);
        assertThat(third.outcome()).isEqualTo(Outcome.DROPPED);
        assertThat(bench.queue.size()).isZero();
        assertThat(lane.isIdle()).as("while the handler is out").isFalse();
        lane.letGo();
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void dropsWhatWaitsBehindARunningHeadOnceItsAssignmentHasEnded() {
        Delivery running = bench.delivery(lane);
        Delivery second = bench.delivery(lane);
        Delivery third = bench.delivery(lane);
        List.of(running, second, third).forEach(lane::append);
        assertThat(bench.take().start()).isTrue();

        bench.assignment.drain();
        lane.hurry();

        List<Delivery> ended = new ArrayList<>();
        bench.completions.drain(ended::add);
        assertThat(ended).containsExactlyInAnyOrder(second, third);
        assertThat(ended).extracting(Delivery::outcome).containsOnly(Outcome.DROPPED);
        assertThat(bench.assignment.running()).isEqualTo(1);
        assertThat(lane.isIdle()).isFalse();
        running.finish(Outcome.DONE);
        assertThat(bench.queue.size()).isZero();
        assertThat(bench.assignment.running()).isZero();
        assertThat(lane.isIdle()).isTrue();
    }

    @Test
    void wakesAHeadThatSleepsOnceItsAssignmentHasEnded() {
        Delivery first = bench.delivery(lane);
        lane.append(first);
        bench.take().sleep(seat -> {});
        assertThat(bench.queue.size()).isZero();

        bench.assignment.drain();
        lane.hurry();
        lane.hurry();
        first.wake();

        assertThat(bench.take()).isSameAs(first);
        assertThat(bench.queue.size()).isZero();
    }

    @RepeatedTest(100)
    void wakesASleeperOnceWhetherItsTimerOrTheEndOfItsAssignmentIsFirst() throws InterruptedException {
        Delivery first = bench.delivery(lane);
        lane.append(first);
        bench.take();
        CountDownLatch start = new CountDownLatch(3);
        Runnable sleep = () -> first.sleep(seat -> {});
        Runnable end = () -> {
            bench.assignment.drain();
            lane.hurry();
        };
        List<Thread> threads = new ArrayList<>();
        for (Runnable racer : List.of(sleep, end, (Runnable) first::wake)) {
            Thread thread = new Thread(() -> {
                start.countDown();
                while (start.getCount() > 0) {
                    Thread.onSpinWait();
                }
                racer.run();
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bench.queue.size()).isEqualTo(1);
        assertThat(bench.take()).isSameAs(first);
    }

    @Test
    void tellsWhenItIsIdle() {
        List<String> told = new ArrayList<>();
        lane.whenIdle(() -> told.add("at once"));
        assertThat(told).containsExactly("at once");
        Delivery only = bench.delivery(lane);
        lane.append(only);
        lane.whenIdle(() -> told.add("later"));
        bench.take();
        lane.hold();
        lane.advance(only);
        assertThat(told).containsExactly("at once");

        lane.letGo();

        assertThat(told).containsExactly("at once", "later");
    }

    @RepeatedTest(100)
    void keepsTheOrderAndIsNeverHeldByTwoWhileDeliveriesAreAdded() throws InterruptedException {
        int count = 300;
        ConcurrentLinkedQueue<Long> done = new ConcurrentLinkedQueue<>();
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread worker = new Thread(() -> {
                try {
                    for (var taken = bench.queue.take(); taken.isPresent(); taken = bench.queue.take()) {
                        most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                        Delivery head = taken.get().head();
                        done.add(head.record().offset());
                        holders.decrementAndGet();
                        if (done.size() == count) {
                            bench.queue.close();
                        }
                        taken.get().advance(head);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            workers.add(worker);
            worker.start();
        }
        for (int i = 0; i < count; i++) {
            lane.append(bench.delivery(lane));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(List.copyOf(done)).hasSize(count).isSorted();
        assertThat(most).hasValue(1);
    }
}
