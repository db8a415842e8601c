package io.kaufmann.internal.handoff;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CompletionsTest {

    private final DeliveryBench bench = new DeliveryBench();
    private final Lane lane = bench.lane();

    @Test
    void givesOutEachDeliveryOnce() {
        List<Delivery> added = List.of(bench.delivery(lane), bench.delivery(lane), bench.delivery(lane));
        added.forEach(bench.completions::add);

        assertThat(bench.completions.hasAny()).isTrue();
        assertThat(bench.completed()).containsExactlyInAnyOrderElementsOf(added);
        assertThat(bench.completions.hasAny()).isFalse();
        assertThat(bench.completed()).isEmpty();
    }

    @RepeatedTest(100)
    void losesNothingThatManyThreadsAddWhileItIsDrained() throws InterruptedException {
        int threads = 4;
        int each = 250;
        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < threads * each; i++) {
            all.add(bench.delivery(lane));
        }
        CountDownLatch running = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            List<Delivery> own = all.subList(t * each, (t + 1) * each);
            new Thread(() -> {
                        own.forEach(bench.completions::add);
                        running.countDown();
                    })
                    .start();
        }
        List<Delivery> drained = new ArrayList<>();
        while (running.getCount() > 0) {
            bench.completions.drain(drained::add);
        }
        bench.completions.drain(drained::add);

        Set<Delivery> distinct = new HashSet<>(drained);
        assertThat(drained).hasSize(threads * each);
        assertThat(distinct).hasSize(threads * each);
    }

    @RepeatedTest(100)
    @Timeout(30)
    void endsAWaitAsSoonAsSomethingComes() throws Exception {
        CompletableFuture<List<Delivery>> found = new CompletableFuture<>();
        Thread consumer = new Thread(() -> {
            List<Delivery> drained = new ArrayList<>();
            while (drained.isEmpty()) {
                bench.completions.await(Duration.ofSeconds(20));
                bench.completions.drain(drained::add);
            }
            found.complete(drained);
        });
        consumer.start();
        Delivery delivery = bench.delivery(lane);

        bench.completions.add(delivery);
        bench.completions.signal();

        assertThat(found.get(20, SECONDS)).containsExactly(delivery);
    }

    @Test
    @Timeout(30)
    void doesNotWaitWhenSomethingIsThere() {
        bench.completions.add(bench.delivery(lane));
        bench.completions.await(Duration.ofDays(1));
        assertThat(bench.completions.hasAny()).isTrue();
    }

    @Test
    @Timeout(30)
    void waitsNoLongerThanAllowed() {
        bench.completions.await(Duration.ofNanos(1));
        bench.completions.await(Duration.ZERO);
        assertThat(bench.completions.hasAny()).isFalse();
    }
}
