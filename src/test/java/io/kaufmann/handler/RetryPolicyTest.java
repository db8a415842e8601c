package io.kaufmann.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private final Throwable error = new IllegalStateException("no");

    @Test
    void countsTheFirstAttempt() {
        assertThat(RetryPolicy.none().nextDelay(1, error)).isEmpty();
        assertThat(RetryPolicy.fixed(1, SECOND).nextDelay(1, error)).isEmpty();
        RetryPolicy three = RetryPolicy.fixed(3, SECOND);
        assertThat(three.nextDelay(1, error)).contains(SECOND);
        assertThat(three.nextDelay(2, error)).contains(SECOND);
        assertThat(three.nextDelay(3, error)).isEmpty();
    }

    @Test
    void doublesWithoutJitterUpToTheCap() {
        RetryPolicy policy = RetryPolicy.exponential(Integer.MAX_VALUE, SECOND, Duration.ofSeconds(5), 0);

        assertThat(IntStream.of(1, 2, 3, 4, 2_000_000_000)
                        .mapToObj(n -> policy.nextDelay(n, error).orElseThrow()))
                .containsExactly(
                        SECOND,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
    }

    @Property(tries = 500)
    void spreadsWaitsBelowTheirNominalLength(
            @ForAll @IntRange(min = 1, max = 60) int failed, @ForAll @DoubleRange(min = 0, max = 1) double jitter) {
        Duration cap = Duration.ofDays(1);
        Duration wait = RetryPolicy.exponential(100, SECOND, cap, jitter)
                .nextDelay(failed, error)
                .orElseThrow();

        Duration nominal = failed > 17 ? cap : SECOND.multipliedBy(1L << (failed - 1));
        assertThat(wait).isLessThanOrEqualTo(nominal);
        assertThat(wait.toNanos()).isGreaterThanOrEqualTo((long) (nominal.toNanos() * (1 - jitter)) - 1);
    }

    @Test
    void asksForCausesToo() {
        RetryPolicy some = RetryPolicy.fixed(2, SECOND).on(IOException.class);
        RetryPolicy others = RetryPolicy.fixed(2, SECOND).except(IOException.class);
        Throwable wrapped = new UncheckedIOException(new IOException("cut"));

        assertThat(some.nextDelay(1, wrapped)).contains(SECOND);
        assertThat(some.nextDelay(1, error)).isEmpty();
        assertThat(others.nextDelay(1, wrapped)).isEmpty();
        assertThat(others.nextDelay(1, error)).contains(SECOND);
    }

    @Test
    void survivesCausesThatGoInACircle() {
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);

        assertThat(RetryPolicy.fixed(2, SECOND).on(IOException.class).nextDelay(1, one))
                .isEqualTo(Optional.empty());
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> RetryPolicy.fixed(0, SECOND)).hasMessageContaining("at least 1 attempt");
        assertThatThrownBy(() -> RetryPolicy.fixed(2, SECOND.negated())).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> RetryPolicy.exponential(2, SECOND, Duration.ZERO))
                .hasMessageContaining("cap PT0S");
        assertThatThrownBy(() -> RetryPolicy.exponential(2, SECOND, SECOND, 1.5))
                .hasMessageContaining("0 to 1");
    }
}
