package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where newly assigned partitions are read from, and commits that before the first of their events is handed out: a
 * group that starts at the end of its topics and is killed at once then still knows where it started. Consumer thread only.
 *
 * <p>A partition with a commit goes on there. One without starts as configured, at the end or the beginning, except that
 * one which was added after the group first came to its topic starts at its beginning, since all of it is new. One that cannot
 * start, such as one without a leader or of a topic that may not be read, does not keep others from it.
 */
final class StartPositions {

    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    // Of one partition: those of the others wait meanwhile.
    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final boolean fromEarliest;
    private final Duration timeout;
    private final Clock clock;

    StartPositions(Consumer<byte[], byte[]> consumer, boolean fromEarliest, Duration timeout, Clock clock) {
        this.clock = clock;
        this.consumer = consumer;
        this.fromEarliest = fromEarliest;
        this.timeout = timeout;
    }

    /**
     * What came of a try.
     *
     * @param starts the partitions that may be read
     * @param failure why others may not, or one of them; it passes
     */
    record Prepared(Map<TopicPartition, StartPosition> starts, Optional<KafkaException> failure) {}

    /** Finds them, moves the consumer there, and commits those that had no commit. */
    Prepared prepare(Collection<TopicPartition> partitions) {
        Try present = new Try(Deadline.in(timeout, clock));
        Map<TopicPartition, StartPosition> starts = new HashMap<>();
        Map<String, List<TopicPartition>> withoutCommit = new HashMap<>();
        committed(partitions, present).forEach((partition, commit) -> {
            if (commit == null) {
                withoutCommit
                        .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                        .add(partition);
            } else {
                present.keep(() -> {
                    StartPosition start = goingOn(partition.topic(), commit, present);
                    consumer.seek(partition, commit);
                    starts.put(partition, start);
                });
            }
        });
        withoutCommit.forEach((topic, some) -> present.keep(() -> starts.putAll(begin(topic, some, present))));
        return new Prepared(starts, present.last);
    }

    /** Of all at once; topic by topic if that fails, since one that may not be read fails all. Null for those without one. */
    private Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions, Try present) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        present.keep(() -> commits.putAll(consumer.committed(new HashSet<>(partitions), present.left())));
        if (commits.isEmpty()) {
            Map<String, Set<TopicPartition>> byTopic = new HashMap<>();
            partitions.forEach(partition -> byTopic.computeIfAbsent(partition.topic(), topic -> new HashSet<>())
                    .add(partition));
            if (byTopic.size() > 1) {
                byTopic.values()
                        .forEach(some -> present.keep(() -> commits.putAll(consumer.committed(some, present.left()))));
            }
        }
        return commits;
    }

    /**
     * One try for some partitions: other partitions wait meanwhile, and the group for a poll. It goes on after errors that pass, and
     * keeps the last of them.
     */
    private static final class Try {

        private final Deadline deadline;
        private Optional<KafkaException> last = Optional.empty();

        Try(Deadline deadline) {
            this.deadline = deadline;
        }

        /** How long its next request may take. */
        Duration left() {
            return deadline.left();
        }

        void keep(Runnable step) {
            try {
                step.run();
            } catch (KafkaException e) {
                if (!PassingErrors.isOne(e)) {
                    throw e;
                }
                last = Optional.of(e);
            }
        }
    }

    private StartPosition goingOn(String topic, OffsetAndMetadata commit, Try present) {
        CommitMetadata told = CommitMetadata.parse(commit.metadata(), commit.offset());
        int partitionsAtFirst = told.partitionsAtFirst().orElseGet(() -> count(topic, present));
        return new StartPosition(
                commit.offset(),
                new CommitMetadata(OptionalInt.of(partitionsAtFirst), told.finished(), told.parked(), told.until()));
    }

    private Map<TopicPartition, StartPosition> begin(String topic, List<TopicPartition> partitions, Try present) {
        int atFirst = partitionsAtFirst(topic, present);
        for (TopicPartition partition : partitions) {
            boolean addedLater = partition.partition() >= atFirst;
            if (fromEarliest || addedLater) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seekToEnd(List.of(partition));
            }
        }
        Map<TopicPartition, StartPosition> starts = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        Deadline longest = Deadline.in(shorter(LONGEST_LOOK_UP, present.left()), clock);
        for (TopicPartition partition : partitions) {
            present.keep(() -> {
                StartPosition start = StartPosition.at(consumer.position(partition, longest.left()), atFirst);
                starts.put(partition, start);
                commits.put(partition, start.commit());
            });
        }
        if (commits.isEmpty()) {
            return starts;
        }
        consumer.commitSync(commits, present.left());
        LOG.info(
                "The group had no committed offset for these, so they are read from {}: {}",
                fromEarliest ? "their beginning" : "their end, or from their beginning if they were added later",
                starts);
        return starts;
    }

    /** How many partitions a topic had when the group first came to it: as the oldest commit tells, else as it has now. */
    private int partitionsAtFirst(String topic, Try present) {
        int now = count(topic, present);
        Set<TopicPartition> all = new HashSet<>();
        for (int partition = 0; partition < now; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return consumer.committed(all, present.left()).values().stream()
                .filter(Objects::nonNull)
                .map(commit ->
                        CommitMetadata.parse(commit.metadata(), commit.offset()).partitionsAtFirst())
                .flatMapToInt(OptionalInt::stream)
                .min()
                .orElse(now);
    }

    private int count(String topic, Try present) {
        return Math.max(1, consumer.partitionsFor(topic, present.left()).size());
    }
}
