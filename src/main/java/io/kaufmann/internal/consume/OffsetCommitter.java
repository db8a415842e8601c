package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished: when the interval has passed or enough has gathered, and at once when partitions are given up.
 * At most one commit is on its way. Consumer thread only.
 */
final class OffsetCommitter implements Committer {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Tally tally;
    private long lastNanos;
    private int gapMapLimit;
    // One topic that is refused fails the commit of all, so that while one is, each topic has its own commit.
    private boolean byTopic;
    // Of the commits that went out together: how many answers are awaited, and whether one was a failure.
    private int unanswered;
    private boolean failed;

    // Any thread.
    private final CommitFailures failures;
    private volatile boolean onItsWay;
    private volatile long sentNanos;

    OffsetCommitter(Consumer<byte[], byte[]> consumer, Rhythm rhythm, Clock clock, Tally tally) {
        this.tally = tally;
        this.consumer = consumer;
        this.rhythm = rhythm;
        this.clock = clock;
        this.lastNanos = clock.nanos();
        this.gapMapLimit = rhythm.gapMapLimit();
        this.failures = new CommitFailures(clock, LOG, "Offsets were not committed; the next commit covers them too.");
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

    @Override
    public void open() {}

    @Override
    public void forget(PartitionLoop partition) {}

    @Override
    public void close() {}

    @Override
    public boolean isAnswered() {
        // Answers come within a poll.
        return false;
    }

    @Override
    public boolean awaitsAnEnd() {
        return false;
    }

    @Override
    public Duration longestPoll(Duration longest) {
        Duration untilDue = untilDue();
        return untilDue.isZero() ? longest : shorter(untilDue, longest);
    }

    private Duration untilDue() {
        Duration interval = isFailing() ? shorter(rhythm.interval(), BEFORE_NEXT_TRY) : rhythm.interval();
        Duration left = interval.minus(clock.since(lastNanos));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void commitIfDue(Collection<PartitionLoop> partitions) {
        if (isOnItsWay() || !isDue(partitions)) {
            return;
        }
        if (!rhythm.waits()) {
            commitSoon(partitions);
        } else if (commitNow(partitions, shorter(rhythm.interval().multipliedBy(5), LONGEST_WAIT))) {
            succeeded();
        }
        // Not before: a wakeup that strikes a commit leaves it due, to be repeated at once.
        lastNanos = clock.nanos();
    }

    @Override
    public boolean isOnItsWay() {
        return onItsWay;
    }

    private void commitSoon(Collection<PartitionLoop> partitions) {
        List<Map<PartitionLoop, OffsetAndMetadata>> parts = parts(finished(partitions));
        if (parts.isEmpty()) {
            succeeded();
            return;
        }
        failed = false;
        sentNanos = clock.nanos();
        unanswered = parts.size();
        onItsWay = true;
        for (Map<PartitionLoop, OffsetAndMetadata> part : parts) {
            try {
                consumer.commitAsync(byPartition(part), (offsets, error) -> answered(part, error));
            } catch (KafkaException e) {
                // Thrown in place of an answer, and no answer comes.
                if (isNoAnswer(e)) {
                    // After a wakeup the whole is repeated.
                    onItsWay = false;
                    throw e;
                }
                answered(part, e);
            }
        }
    }

    private void answered(Map<PartitionLoop, OffsetAndMetadata> part, Exception error) {
        unanswered--;
        onItsWay = unanswered > 0;
        tell(part, error != null);
        if (error == null) {
            part.forEach(PartitionLoop::committed);
        } else {
            failed = true;
            failed(part, error);
        }
        if (unanswered == 0 && !failed) {
            succeeded();
        }
    }

    private void tell(Map<PartitionLoop, OffsetAndMetadata> part, boolean hasFailed) {
        tally.committed(byPartition(part).keySet(), hasFailed);
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

    @Override
    public boolean isRebalancing() {
        return failures.isRebalancing();
    }

    private boolean isFailing() {
        return failures.areOthers() || failures.isRebalancing();
    }

    @Override
    public boolean commitNow(Collection<PartitionLoop> partitions, Duration timeout) {
        return commitNow(partitions, Deadline.in(timeout, clock));
    }

    private boolean commitNow(Collection<PartitionLoop> partitions, Deadline deadline) {
        boolean all = true;
        boolean otherwise = false;
        for (Map<PartitionLoop, OffsetAndMetadata> part : parts(finished(partitions))) {
            try {
                consumer.commitSync(byPartition(part), deadline.left());
                part.forEach(PartitionLoop::committed);
                tell(part, false);
            } catch (KafkaException e) {
                if (isNoAnswer(e)) {
                    throw e;
                }
                tell(part, true);
                all = false;
                otherwise |= failed(part, e);
            }
        }
        return all || (otherwise && commitNow(partitions, deadline));
    }

    /** What goes into one commit each. */
    private List<Map<PartitionLoop, OffsetAndMetadata>> parts(Map<PartitionLoop, OffsetAndMetadata> commits) {
        if (!byTopic) {
            return commits.isEmpty() ? List.of() : List.of(commits);
        }
        Map<String, Map<PartitionLoop, OffsetAndMetadata>> parts = new HashMap<>();
        commits.forEach((partition, commit) -> parts.computeIfAbsent(
                        partition.partition().topic(), topic -> new HashMap<>())
                .put(partition, commit));
        return List.copyOf(parts.values());
    }

    /** A commit failed; tells whether it is worth trying at once, since the next one will be another. */
    private boolean failed(Map<PartitionLoop, OffsetAndMetadata> part, Exception error) {
        if (isTooMuch(error)) {
            return true;
        }
        failures.note(error);
        boolean several = part.keySet().stream()
                        .map(partition -> partition.partition().topic())
                        .distinct()
                        .count()
                > 1;
        if (several && isOfATopic(error)) {
            byTopic = true;
            return true;
        }
        return false;
    }

    /** A topic may not be read, or is not there any more, which Kafka's client has no name for. */
    private static boolean isOfATopic(Exception error) {
        return error instanceof TopicAuthorizationException
                || error instanceof InvalidMetadataException
                || (error instanceof KafkaException kafka && !PassingErrors.isOne(kafka));
    }

    /** Errors after which the consumer is of no use, and those that are none of the commit. */
    private static boolean isNoAnswer(KafkaException error) {
        return error instanceof FencedInstanceIdException
                || error instanceof UnsupportedVersionException
                || error instanceof WakeupException
                || error instanceof InterruptException;
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

    /** All that there was to commit is committed. */
    private void succeeded() {
        failures.end();
        byTopic = false;
    }

    @Override
    public Optional<Trouble> trouble() {
        return failures.trouble(isOnItsWay() ? Optional.of(clock.since(sentNanos)) : Optional.empty());
    }
}
