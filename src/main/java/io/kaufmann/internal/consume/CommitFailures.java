package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;

/**
 * Why commits have failed since the last that succeeded. While a group rebalances nobody can commit: that is no failure, unless it never
 * ends. Noted by the consumer thread, read by any.
 */
final class CommitFailures {

    private static final Duration LONGEST_REBALANCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);
    // Commits may be far apart: a streak ends with one that succeeds.
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Clock clock;
    private final Logger log;
    private final String consequence;

    // Consumer thread only.
    private boolean told;
    private long lastToldNanos;

    // Any thread.
    private final FailureStreak failures;
    private final FailureStreak rebalances;

    /**
     * None yet.
     *
     * @param consequence what a line in the log says of each, before the reason
     */
    CommitFailures(Clock clock, Logger log, String consequence) {
        this.clock = clock;
        this.log = log;
        this.consequence = consequence;
        this.failures = new FailureStreak(clock, FOREVER);
        this.rebalances = new FailureStreak(clock, FOREVER);
    }

    /** One more. */
    void note(Exception error) {
        if (isOfTheGroup(error)) {
            // No loss: a partition that stays is committed later, one that goes is committed as it is given up.
            rebalances.note(error.toString());
            log.debug("Nothing was committed because the group is rebalancing: {}", error.getMessage());
            return;
        }
        rebalances.end();
        failures.note(error.toString());
        if (!told || clock.since(lastToldNanos).compareTo(BETWEEN_WARNINGS) >= 0) {
            told = true;
            lastToldNanos = clock.nanos();
            log.warn("{} {}", consequence, error.toString());
        }
    }

    static boolean isOfTheGroup(Exception error) {
        return error instanceof RebalanceInProgressException || error instanceof CommitFailedException;
    }

    /** All that there was to commit is committed. */
    void end() {
        failures.end();
        rebalances.end();
    }

    /** Whether the last ones found the group in the midst of a rebalance. */
    boolean isRebalancing() {
        return rebalances.trouble().isPresent();
    }

    /** Whether the last ones failed for another reason. */
    boolean areOthers() {
        return failures.trouble().isPresent();
    }

    /** Commits fail, or, as far as that is told, have not been answered. Any thread. */
    Optional<Trouble> trouble(Optional<Duration> unanswered) {
        Optional<Trouble> silence = unanswered.map(lasting -> new Trouble(lasting, "the broker has not answered yet"));
        Optional<Trouble> rebalance =
                rebalances.trouble().filter(trouble -> trouble.lasting().compareTo(LONGEST_REBALANCE) > 0);
        return Stream.of(failures.trouble(), silence, rebalance)
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Trouble::lasting));
    }
}
