package io.kaufmann.internal.consume;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where newly assigned partitions are read from, and commits that before the first of their events is handed out: a
 * group that starts at the end of its topics and is killed at once then still knows where it started. Consumer thread only.
 *
 * <p>A partition with a commit goes on there. One without starts as configured, at the end or the beginning, except that
 * one which was added after the group first came to its topic starts at its beginning, since all of it is new.
 */
final class StartPositions {

    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    private final Consumer<byte[], byte[]> consumer;
    private final boolean fromEarliest;
    private final Duration timeout;

    StartPositions(Consumer<byte[], byte[]> consumer, boolean fromEarliest, Duration timeout) {
        this.consumer = consumer;
        this.fromEarliest = fromEarliest;
        this.timeout = timeout;
    }

    /** Finds them, moves the consumer there, and commits those that had no commit. */
    Map<TopicPartition, StartPosition> prepare(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> commits = consumer.committed(new HashSet<>(partitions), timeout);
        Map<TopicPartition, StartPosition> starts = new HashMap<>();
        List<TopicPartition> withoutCommit = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata commit = commits.get(partition);
            if (commit == null) {
                withoutCommit.add(partition);
            } else {
                consumer.seek(partition, commit);
                starts.put(partition, goingOn(partition.topic(), commit));
            }
        }
        if (!withoutCommit.isEmpty()) {
            starts.putAll(begin(withoutCommit));
        }
        return starts;
    }

    private StartPosition goingOn(String topic, OffsetAndMetadata commit) {
        CommitMetadata told = CommitMetadata.parse(commit.metadata(), commit.offset());
        int partitionsAtFirst = told.partitionsAtFirst().orElseGet(() -> count(topic));
        return new StartPosition(
                commit.offset(), new CommitMetadata(OptionalInt.of(partitionsAtFirst), told.finished(), told.parked()));
    }

    private Map<TopicPartition, StartPosition> begin(List<TopicPartition> partitions) {
        Map<String, Integer> partitionsAtFirst = new HashMap<>();
        Map<TopicPartition, StartPosition> starts = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        for (TopicPartition partition : partitions) {
            int atFirst = partitionsAtFirst.computeIfAbsent(partition.topic(), this::partitionsAtFirst);
            boolean addedLater = partition.partition() >= atFirst;
            if (fromEarliest || addedLater) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seekToEnd(List.of(partition));
            }
            StartPosition start = StartPosition.at(consumer.position(partition, timeout), atFirst);
            starts.put(partition, start);
            commits.put(partition, start.commit());
        }
        consumer.commitSync(commits, timeout);
        LOG.info(
                "The group had no committed offset for these, so they are read from {}: {}",
                fromEarliest ? "their beginning" : "their end, or from their beginning if they were added later",
                starts);
        return starts;
    }

    /** How many partitions a topic had when the group first came to it: as the oldest commit tells, else as it has now. */
    private int partitionsAtFirst(String topic) {
        int now = count(topic);
        Set<TopicPartition> all = new HashSet<>();
        for (int partition = 0; partition < now; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return consumer.committed(all, timeout).values().stream()
                .filter(Objects::nonNull)
                .map(commit ->
                        CommitMetadata.parse(commit.metadata(), commit.offset()).partitionsAtFirst())
                .flatMapToInt(OptionalInt::stream)
                .min()
                .orElse(now);
    }

    private int count(String topic) {
        return Math.max(1, consumer.partitionsFor(topic, timeout).size());
    }
}
