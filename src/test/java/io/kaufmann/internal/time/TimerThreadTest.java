package io.kaufmann.internal.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerThreadTest {

    private final TimerThread timer = new TimerThread();

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void runsATaskOnceItsDelayHasPassed() throws Exception {
        long start = System.nanoTime();
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        CompletableFuture<String> thread = new CompletableFuture<>();

        timer.after(Duration.ofMillis(20), () -> {
            ranAt.complete(System.nanoTime());
            thread.complete(Thread.currentThread().getName());
        });

        assertThat(ranAt.get(10, SECONDS) - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        assertThat(thread.get(10, SECONDS)).isEqualTo("kaufmann-timer");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnAfterATaskThatThrew(boolean error) throws Exception {
        try (Silence silence = Silence.of("io.kaufmann")) {
            CompletableFuture<Void> next = new CompletableFuture<>();
            timer.after(Duration.ZERO, () -> {
                if (error) {
                    throw new AssertionError("on purpose");
                }
                throw new IllegalStateException("on purpose");
            });
            timer.after(Duration.ofMillis(1), () -> next.complete(null));
            next.get(10, SECONDS);
            assertThat(silence).isNotNull();
        }
    }

    @Test
    void leavesUndoneWhatWaitsAsItIsClosedAndWhatComesLater() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        timer.after(Duration.ofSeconds(30), () -> ran.set(true));

        timer.close();
        timer.after(Duration.ZERO, () -> ran.set(true));

        assertThat(ran).isFalse();
    }
}
