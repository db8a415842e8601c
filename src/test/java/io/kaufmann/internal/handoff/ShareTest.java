package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ShareTest {

    private static final TopicPartition OTHER = new TopicPartition("orders", 4);

    private final DeliveryBench bench = new DeliveryBench();
    private final List<Boolean> entries = new ArrayList<>();

    private Shares shares(int workers, OptionalInt stated) {
        return new Shares(bench.queue, workers, stated);
    }

    private static Assignment assignment(Shares shares) {
        return new Assignment(OTHER, shares, new ParkedKeys());
    }

    private void offer(Share share, int count) {
        for (int i = 0; i < count; i++) {
            Lane lane = new Lane(share, i);
            lane.append(bench.delivery(lane));
        }
    }

    @Test
    void isEvenAndAtLeastOne() {
        Shares shares = shares(5, OptionalInt.empty());
        List<Assignment> all = new ArrayList<>();
        List<Integer> limits = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            all.add(assignment(shares));
            limits.add(shares.limit());
        }
        assertThat(limits).containsExactly(5, 3, 2, 2, 1, 1, 1);
        all.subList(0, 5).forEach(Assignment::drain);
        assertThat(shares.limit()).isEqualTo(3);
    }

    @Test
    void isWhatIsStated() {
        Shares shares = shares(50, OptionalInt.of(4));
        assignment(shares);
        assignment(shares);
        assertThat(shares.limit()).isEqualTo(4);
    }

    /** As workers do that do not come back from their handlers. */
    private void enterAll() {
        for (var lane = bench.queue.poll(); lane.isPresent(); lane = bench.queue.poll()) {
            boolean entered = lane.get().share().enter(lane.get());
            entries.add(entered);
        }
    }

    @Test
    void letsNoMoreWorkersToOnePartitionThanItAllows() {
        Shares shares = shares(4, OptionalInt.empty());
        Assignment hanging = assignment(shares);
        Assignment other = assignment(shares);
        offer(hanging.share(), 10);
        offer(other.share(), 1);

        enterAll();

        assertThat(hanging.share().taken()).isEqualTo(2);
        assertThat(other.share().taken()).isEqualTo(1);
        assertThat(entries).filteredOn(entered -> entered).hasSize(3);
        assertThat(bench.queue.size()).isZero();
        hanging.share().release();
        assertThat(bench.queue.size()).isEqualTo(1);
        enterAll();
        assertThat(hanging.share().taken()).isEqualTo(2);
    }

    @Test
    void growsWhenAnotherPartitionGoes() {
        Shares shares = shares(4, OptionalInt.empty());
        Assignment one = assignment(shares);
        Assignment other = assignment(shares);
        offer(one.share(), 10);
        enterAll();
        assertThat(one.share().taken()).isEqualTo(2);

        other.drain();
        enterAll();

        assertThat(one.share().taken()).isEqualTo(4);
    }

    /** What waits in the share of a partition that is given up must come to its end too. */
    @Test
    void letsEverythingThroughWhenItsPartitionIsGivenUp() {
        Assignment given = assignment(shares(2, OptionalInt.empty()));
        offer(given.share(), 10);
        enterAll();
        assertThat(bench.queue.size()).isZero();

        given.drain();
        offer(given.share(), 1);

        assertThat(bench.queue.size()).isEqualTo(9);
        enterAll();
        assertThat(given.share().taken()).isEqualTo(11);
    }

    @Test
    void doesNotCountAStepInThePlaceOfAWorkerThatIsStuck() {
        Assignment full = assignment(shares(1, OptionalInt.empty()));
        offer(full.share(), 1);
        Delivery stuck = bench.take();

        stuck.resumeUncounted(seat -> {});

        assertThat(bench.take()).isSameAs(stuck);
        assertThat(stuck.takeCounted()).isFalse();
        assertThat(stuck.takeCounted()).isTrue();
    }

    /** However offers, ends and changes of the shares meet: nothing is left behind, and no limit is passed. */
    @RepeatedTest(100)
    void losesNoLaneAndHoldsItsLimitInARace() throws InterruptedException {
        Shares shares = shares(3, OptionalInt.of(3));
        Share share = assignment(shares).share();
        int count = 600;
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> workers = threads(4, n -> {
            while (done.get() < count) {
                bench.queue.poll().filter(share::enter).ifPresent(lane -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    done.incrementAndGet();
                    working.decrementAndGet();
                    share.release();
                });
            }
        });
        List<Thread> offering = threads(3, n -> {
            for (int i = 0; i < count / 3; i++) {
                share.offer(new Lane(share, n * count + i));
            }
        });
        for (Thread thread : offering) {
            thread.join();
        }
        for (Thread thread : workers) {
            thread.join();
        }
        assertThat(done).hasValue(count);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(share.taken()).isZero();
    }

    private static List<Thread> threads(int count, IntConsumer work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> work.accept(number));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** It did several lanes, each of which would have let one through: others must not find fewer and fewer in the queue. */
    @Test
    void letsAsManyThroughAsThereIsRoomWhenAWorkerIsThrough() {
        Shares shares = shares(4, OptionalInt.empty());
        Share share = assignment(shares).share();
        offer(share, 14);
        enterAll();
        assertThat(share.taken()).isEqualTo(4);
        assertThat(bench.queue.size()).isZero();
        for (int expected : new int[] {1, 3, 6, 10}) {
            share.release();
            assertThat(bench.queue.size()).isEqualTo(expected);
        }
    }
}
