package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.health.State;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {

    private final Silence silence = Silence.of("io.kaufmann");
    private final Lifecycle lifecycle = new Lifecycle("orders");

    @AfterEach
    void speak() {
        silence.close();
    }

    @Test
    void goesThroughItsStatesInTheirOrder() {
        assertThat(lifecycle.state()).isEqualTo(State.CREATED);
        for (State next : List.of(State.STARTING, State.RUNNING, State.DRAINING, State.STOPPED)) {
            assertThat(lifecycle.become(next)).isTrue();
            assertThat(lifecycle.state()).isEqualTo(next);
        }
    }

    @Test
    void leavesOutNoStateAndGoesBackToNone() {
        assertThat(lifecycle.become(State.RUNNING)).isFalse();
        lifecycle.become(State.STARTING);
        lifecycle.become(State.RUNNING);
        assertThat(lifecycle.become(State.STARTING)).isFalse();
        assertThat(lifecycle.become(State.RUNNING)).isFalse();
        assertThat(lifecycle.become(State.STOPPED)).isFalse();
        assertThat(lifecycle.state()).isEqualTo(State.RUNNING);
    }

    @Test
    void staysFailedOnceItHasFailed() {
        lifecycle.become(State.STARTING);
        assertThat(lifecycle.become(State.FAILED)).isTrue();
        assertThat(lifecycle.become(State.FAILED)).isFalse();
        assertThat(lifecycle.become(State.RUNNING)).isFalse();
        assertThat(lifecycle.state()).isEqualTo(State.FAILED);
    }

    @Test
    void awaitsItsEndAndNoLongerThanAsked() throws InterruptedException {
        assertThat(lifecycle.awaitEnd(Duration.ZERO)).isFalse();
        assertThat(lifecycle.awaitEnd(Duration.ofMillis(1))).isFalse();
        AtomicInteger told = new AtomicInteger();
        lifecycle.whenEnded(told::incrementAndGet);

        lifecycle.ended();
        lifecycle.ended();

        assertThat(lifecycle.awaitEnd(Duration.ZERO)).isTrue();
        assertThat(told).hasValue(1);
        lifecycle.whenEnded(told::incrementAndGet);
        assertThat(told).hasValue(2);
    }

    /** Whoever has waited for the end may close what the service used. */
    @RepeatedTest(100)
    void hasDoneWhatIsToBeDoneWhenAnyoneHearsOfItsEnd() throws InterruptedException {
        CountDownLatch waited = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        lifecycle.whenEnded(() -> {
            try {
                boolean early = waited.await(1, TimeUnit.MILLISECONDS);
                order.add(early ? "heard too early" : "done");
            } catch (InterruptedException e) {
                order.add("interrupted");
            }
        });
        Thread waiting = new Thread(() -> {
            try {
                lifecycle.awaitEnd(Duration.ofSeconds(20));
                waited.countDown();
                order.add("heard");
            } catch (InterruptedException e) {
                order.add("interrupted");
            }
        });
        waiting.start();
        lifecycle.ended();
        waiting.join();
        assertThat(order).containsExactly("done", "heard");
    }

    @Test
    void takesTheLongestDurationAsForever() throws InterruptedException {
        Thread ending = new Thread(lifecycle::ended);
        ending.start();
        assertThat(lifecycle.awaitEnd(Duration.ofMillis(Long.MAX_VALUE))).isTrue();
        assertThat(lifecycle.awaitEnd(Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
    }

    @RepeatedTest(100)
    void letsOneOfManyTakeAStep() throws InterruptedException {
        lifecycle.become(State.STARTING);
        lifecycle.become(State.RUNNING);
        AtomicInteger first = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (lifecycle.become(State.DRAINING)) {
                    first.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(first).hasValue(1);
    }
}
