package io.kaufmann.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void isOverWhenItsTimeHasPassedAndNotBefore() {
        Deadline deadline = Deadline.in(Duration.ofSeconds(5), clock);
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(5));

        clock.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.left()).isEqualTo(Duration.ofNanos(1));

        clock.advance(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.left()).isZero();
    }

    @Test
    void isNotConfusedByARunningCountThatTurnsNegative() {
        Deadline deadline = Deadline.in(Duration.ofHours(1), clock);
        assertThat(clock.nanos()).isPositive();

        clock.advance(Duration.ofMinutes(59));

        assertThat(clock.nanos()).isNegative();
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.left()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void ofNoTimeOrLessIsOverAtOnce() {
        assertThat(Deadline.in(Duration.ZERO, clock).isOver()).isTrue();
        assertThat(Deadline.in(Duration.ofSeconds(-1), clock).isOver()).isTrue();
        assertThat(Deadline.in(Duration.ofSeconds(-1), clock).left()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE / 1_000})
    void takesAsForeverWhatNoCountOfNanosecondsHolds(long seconds) {
        Deadline deadline = Deadline.in(Duration.ofSeconds(seconds), clock);
        clock.advance(Duration.ofDays(10_000));
        assertThat(deadline.isOver()).isFalse();
        assertThat(deadline.left()).isPositive();
    }
}
