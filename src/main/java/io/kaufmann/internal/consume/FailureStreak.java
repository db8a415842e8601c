package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Failures of one kind that follow each other. Noted by one thread, read by any. */
final class FailureStreak {

    private final Clock clock;
    private final Duration longestBetween;
    // Null while there is none.
    private volatile Streak streak;

    private record Streak(String reason, long firstNanos, long lastNanos) {}

    /** None yet, of failures that do not belong together when more time than this is between two of them. */
    FailureStreak(Clock clock, Duration longestBetween) {
        this.clock = clock;
        this.longestBetween = longestBetween;
    }

    /**
     * One more.
     *
     * @return whether it is news: the first, or for another reason than the one before
     */
    boolean note(String reason) {
        Optional<Streak> before = present();
        long now = clock.nanos();
        streak = new Streak(reason, before.map(Streak::firstNanos).orElse(now), now);
        return !before.map(Streak::reason).equals(Optional.of(reason));
    }

    /** It went well again. */
    void end() {
        streak = null;
    }

    /** Since when they have followed each other, and why the last one was; empty when there is none any more. */
    Optional<Trouble> trouble() {
        return present().map(seen -> new Trouble(clock.since(seen.firstNanos()), seen.reason()));
    }

    private Optional<Streak> present() {
        return Optional.ofNullable(streak)
                .filter(seen -> clock.since(seen.lastNanos()).compareTo(longestBetween) < 0);
    }
}
