package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.time.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureStreakTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();
    private final FailureStreak streak = new FailureStreak(clock, LONGEST);

    @Test
    void isNoneAtFirst() {
        assertThat(streak.trouble()).isEmpty();
    }

    @Test
    void lastsSinceItsFirstFailureAndHasTheLastReason() {
        streak.note("one");
        clock.advance(Duration.ofSeconds(9));
        streak.note("two");
        clock.advance(Duration.ofSeconds(9));
        assertThat(streak.trouble()).contains(new Trouble(Duration.ofSeconds(18), "two"));
    }

    @Test
    void isOverWhenNoneFollowsInTime() {
        streak.note("one");
        clock.advance(LONGEST);
        assertThat(streak.trouble()).isEmpty();
        streak.note("one");
        assertThat(streak.trouble()).contains(new Trouble(Duration.ZERO, "one"));
    }

    @Test
    void isOverWhenItEnds() {
        streak.note("one");
        streak.end();
        assertThat(streak.trouble()).isEmpty();
    }

    @Test
    void isNewsAtFirstAndForAnotherReason() {
        assertThat(streak.note("one")).isTrue();
        assertThat(streak.note("one")).isFalse();
        assertThat(streak.note("two")).isTrue();
        clock.advance(LONGEST);
        assertThat(streak.note("two")).isTrue();
    }
}
