package io.kaufmann.internal.consume;

import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished: when the interval has passed or enough has gathered, and at once when partitions are given up.
 * At most one commit is on its way. Consumer thread only.
 */
final class OffsetCommitter {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);
    // Commits may be far apart: a streak ends with one that succeeds.
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Consumer<byte[], byte[]> consumer;
    private final Rhythm rhythm;
    private final Clock clock;
    private long lastNanos;
    private boolean onItsWay;
    private int gapMapLimit;
    private boolean told;
    private long lastToldNanos;
    private final FailureStreak failures;

    OffsetCommitter(Consumer<byte[], byte[]> consumer, Rhythm rhythm, Clock clock) {
        this.consumer = consumer;
        this.rhythm = rhythm;
        this.clock = clock;
        this.lastNanos = clock.nanos();
        this.gapMapLimit = rhythm.gapMapLimit();
        this.failures = new FailureStreak(clock, FOREVER);
    }

    /**
     * When to commit.
     *
     * @param interval this long after the last commit
     * @param threshold or when this many finished events have gathered
     * @param waits whether the consumer thread waits for each commit
     * @param gapMapLimit how many characters of a commit may tell what is finished beyond it
     */
    record Rhythm(Duration interval, long threshold, boolean waits, int gapMapLimit) {}

    /** How long until the next commit is due. */
    Duration untilDue() {
        Duration interval = rhythm.interval();
        boolean soon = isFailing() && BEFORE_NEXT_TRY.compareTo(interval) < 0;
        Duration left = (soon ? BEFORE_NEXT_TRY : interval).minus(clock.since(lastNanos));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Commits what is finished, if it is due. */
    void commitIfDue(Collection<PartitionLoop> partitions) {
        if (onItsWay || !isDue(partitions)) {
            return;
        }
        if (rhythm.waits()) {
            commitNow(partitions, rhythm.interval().multipliedBy(5));
        } else {
            commitSoon(finished(partitions));
        }
        // Not before: a wakeup that strikes a commit leaves it due, to be repeated at once.
        lastNanos = clock.nanos();
    }

    private void commitSoon(Map<PartitionLoop, OffsetAndMetadata> commits) {
        if (commits.isEmpty()) {
            failures.end();
            return;
        }
        onItsWay = true;
        try {
            consumer.commitAsync(byPartition(commits), (offsets, error) -> {
                onItsWay = false;
                if (error == null) {
                    succeeded(commits);
                } else if (!isTooMuch(error)) {
                    report(error);
                }
            });
        } catch (KafkaException e) {
            // Thrown in place of an answer, and no answer comes.
            onItsWay = false;
            reportOrThrow(e);
        }
    }

    private boolean isDue(Collection<PartitionLoop> partitions) {
        return untilDue().isZero()
                // While commits fail there is more and more to commit, and each turn would try.
                || (!isFailing()
                        && partitions.stream()
                                        .mapToLong(PartitionLoop::uncommitted)
                                        .sum()
                                >= rhythm.threshold());
    }

    private boolean isFailing() {
        return failures.trouble().isPresent();
    }

    /**
     * Commits what is finished and waits for it. A failure is logged: what is not committed is delivered again.
     *
     * @return false when it failed
     */
    boolean commitNow(Collection<PartitionLoop> partitions, Duration timeout) {
        Map<PartitionLoop, OffsetAndMetadata> commits = finished(partitions);
        if (commits.isEmpty()) {
            failures.end();
            return true;
        }
        try {
            consumer.commitSync(byPartition(commits), timeout);
            succeeded(commits);
            return true;
        } catch (KafkaException e) {
            if (isTooMuch(e)) {
                return commitNow(partitions, timeout);
            }
            reportOrThrow(e);
            return false;
        }
    }

    /** Whether the broker takes less metadata with a commit than was sent: then the next ones go with less. */
    private boolean isTooMuch(Exception error) {
        if (!(error instanceof OffsetMetadataTooLarge) || gapMapLimit == CommitMetadata.NOTHING) {
            return false;
        }
        if (gapMapLimit > 0) {
            LOG.warn(
                    "The broker refused a commit because of its metadata (offset.metadata.max.bytes). Commits go without a"
                            + " gap map from now on: after a crash, events that were finished out of turn are handled"
                            + " again. Set kaufmann.gap.map.limit below {} to keep it",
                    gapMapLimit);
            gapMapLimit = 0;
        } else {
            LOG.warn(
                    "The broker refused a commit because of its metadata (offset.metadata.max.bytes) even without a gap"
                            + " map. Commits go without the parked keys from now on: the next owner of a partition does not"
                            + " know which keys wait for their dead letters. Raise offset.metadata.max.bytes on the broker");
            gapMapLimit = gapMapLimit == 0 ? CommitMetadata.NO_KEYS : CommitMetadata.NOTHING;
        }
        // At once: the offsets themselves are as good as before.
        lastNanos = clock.nanos() - rhythm.interval().toNanos();
        return true;
    }

    private Map<PartitionLoop, OffsetAndMetadata> finished(Collection<PartitionLoop> partitions) {
        Map<PartitionLoop, OffsetAndMetadata> commits = new HashMap<>();
        for (PartitionLoop partition : partitions) {
            partition.commit(gapMapLimit).ifPresent(commit -> commits.put(partition, commit));
        }
        return commits;
    }

    private static Map<TopicPartition, OffsetAndMetadata> byPartition(Map<PartitionLoop, OffsetAndMetadata> commits) {
        Map<TopicPartition, OffsetAndMetadata> byPartition = new HashMap<>();
        commits.forEach((partition, commit) -> byPartition.put(partition.partition(), commit));
        return byPartition;
    }

    private void succeeded(Map<PartitionLoop, OffsetAndMetadata> commits) {
        commits.forEach(PartitionLoop::committed);
        failures.end();
    }

    /** Commits fail, and have not succeeded since. Any thread. */
    Optional<Trouble> trouble() {
        return failures.trouble();
    }

    private void reportOrThrow(KafkaException error) {
        if (!PassingErrors.isOne(error)) {
            throw error;
        }
        report(error);
    }

    private void report(Exception error) {
        failures.note(error.toString());
        if (error instanceof RebalanceInProgressException || error instanceof CommitFailedException) {
            // No loss: a partition that stays is committed later, one that goes is committed as it is given up.
            LOG.debug("Offsets were not committed because the group is rebalancing: {}", error.getMessage());
        } else if (!told || clock.since(lastToldNanos).compareTo(BETWEEN_WARNINGS) >= 0) {
            told = true;
            lastToldNanos = clock.nanos();
            LOG.warn("Offsets were not committed; the next commit covers them too. {}", error.toString());
        }
    }
}
