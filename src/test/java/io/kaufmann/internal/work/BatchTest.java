package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.internal.handoff.DeliveryBench;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.time.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Duration SLOW = Duration.ofMillis(3);

    private final DeliveryBench bench = new DeliveryBench();
    private final SettableClock clock = new SettableClock();
    private final Batch batch = new Batch(bench.queue, clock, () -> {});

    private List<Lane> offer(int count) {
        List<Lane> lanes = Stream.generate(bench::lane).limit(count).toList();
        bench.queue.offer(lanes);
        return lanes;
    }

    private Lane take() throws InterruptedException {
        return batch.take();
    }

    private void becomeQuick() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            offer(1);
            take();
        }
        offer(1);
        take();
    }

    @Test
    void takesOneAtATimeUntilItKnowsThatTheyAreQuick() throws InterruptedException {
        List<Lane> lanes = offer(3);
        assertThat(take()).isSameAs(lanes.get(0));
        assertThat(bench.queue.size()).isEqualTo(2);
    }

    @Test
    void takesSeveralAtOnceWhenTheyAreQuickAndGivesThemInTheirOrder() throws InterruptedException {
        becomeQuick();
        List<Lane> lanes = offer(2 * Batch.LARGEST);
        for (int i = 0; i < Batch.LARGEST; i++) {
            assertThat(take()).isSameAs(lanes.get(i));
            assertThat(bench.queue.size()).isEqualTo(Batch.LARGEST);
        }
        assertThat(take()).isSameAs(lanes.get(Batch.LARGEST));
    }

    @Test
    void takesOneAtATimeAgainWhenTheyAreSlow() throws InterruptedException {
        becomeQuick();
        clock.advance(SLOW);
        offer(3);
        take();
        assertThat(bench.queue.size()).isEqualTo(2);
    }

    /** None waits behind a handler that hangs. */
    @Test
    void givesWhatIsLeftBackWhenOneTakesLong() throws InterruptedException {
        becomeQuick();
        List<Lane> lanes = offer(8);
        take();
        take();
        clock.advance(Duration.ofMillis(20));
        batch.giveBackIfSlow();
        assertThat(bench.queue.size()).isEqualTo(4);

        clock.advance(Duration.ofMillis(1));
        batch.giveBackIfSlow();

        assertThat(bench.queue.size()).isEqualTo(6);
        assertThat(take()).isSameAs(lanes.get(4));
    }

    /** What it gives back shows that they are quick no more. */
    @Test
    void takesOneAtATimeAfterItHasGivenSomeBack() throws InterruptedException {
        becomeQuick();
        offer(8);
        take();
        clock.advance(Duration.ofMillis(21));
        batch.giveBackIfSlow();
        assertThat(bench.queue.size()).isEqualTo(7);
        new Batch(bench.queue, clock, () -> {}).take();
        assertThat(bench.queue.size()).isEqualTo(6);
    }

    /** It came too late for the handler that it was meant for. */
    @Test
    void letsAnInterruptStrikeNoLane() throws InterruptedException {
        becomeQuick();
        List<Lane> lanes = offer(4);
        take();
        Thread.currentThread().interrupt();
        assertThatThrownBy(batch::take).isInstanceOf(InterruptedException.class);
        assertThat(take()).isSameAs(lanes.get(1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(batch::take).isInstanceOf(InterruptedException.class);
        assertThat(take()).isSameAs(lanes.get(2));
    }

    /** Those that a full partition kept out take no time at all. */
    @Test
    void doesNotTakeThoseThatWereKeptOutForQuick() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            offer(1);
            take();
            batch.passedOver();
        }
        offer(3);
        take();
        assertThat(bench.queue.size()).isEqualTo(2);
    }

    /** The timer and the worker at once: each lane goes to one of them. */
    @RepeatedTest(100)
    void losesNoneAndGivesNoneTwice() throws Exception {
        becomeQuick();
        List<Lane> lanes = offer(500);
        List<Lane> seen = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> timer = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                batch.giveBack();
            }
        });
        for (int i = 0; i < 500; i++) {
            seen.add(take());
            // Else they are slow after the first that was given back.
            bench.queue.took(10_000, 0);
        }
        done.set(true);
        timer.get(30, TimeUnit.SECONDS);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(lanes);
        assertThat(bench.queue.size()).isZero();
    }

    @Test
    void hasNothingOnceTheQueueIsClosed() throws InterruptedException {
        bench.queue.close();
        assertThat(batch.take()).isNull();
    }
}
