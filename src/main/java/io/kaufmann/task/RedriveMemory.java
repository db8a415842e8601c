package io.kaufmann.task;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Remembers what was redriven, by the commits of a consumer group of its own. One thread's. */
final class RedriveMemory {

    // What a broker takes by default (offset.metadata.max.bytes) is 4,096.
    private static final int MOST_CHARACTERS = 4_000;
    // For the letters that are under way, and those between two looks.
    private static final int ROOM = 1_600;
    private static final int BETWEEN_LOOKS = 64;
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Redriven> redriven = new HashMap<>();
    private final Set<TopicPartition> changed = new HashSet<>();
    private final Map<TopicPartition, Long> forgotten = new HashMap<>();
    private long lastCommit = System.nanoTime();
    private final Map<TopicPartition, Integer> lengths = new HashMap<>();
    private int added;
    private boolean nearlyFull;

    /** What is remembered of a topic with these beginnings and ends. */
    RedriveMemory(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        Map<TopicPartition, OffsetAndMetadata> commits = consumer.committed(beginnings.keySet());
        beginnings.forEach((partition, beginning) -> {
            OffsetAndMetadata commit = commits.get(partition);
            // A commit beyond the end is of a log that this one has taken the place of.
            boolean isOfThisLog = commit != null && commit.offset() <= ends.get(partition);
            if (isOfThisLog) {
                lengths.put(partition, commit.metadata().length());
            }
            redriven.put(partition, isOfThisLog ? Redriven.parse(commit, beginning) : new Redriven(beginning));
        });
    }

    boolean contains(Letter letter) {
        return redriven.get(partition(letter)).contains(letter.record());
    }

    /** A letter, and the emptiness before it, needs no redriving any more. */
    void add(LetterReader.Read read) {
        TopicPartition partition = partition(read.letter());
        redriven.get(partition)
                .add(
                        read.from(),
                        read.letter().record().offset() + 1,
                        Redriven.epoch(read.letter().record()));
        changed.add(partition);
        added++;
    }

    private static TopicPartition partition(Letter letter) {
        return new TopicPartition(letter.record().topic(), letter.record().partition());
    }

    boolean isDue() {
        return added >= BETWEEN_LOOKS || System.nanoTime() - lastCommit >= INTERVAL;
    }

    /** Whether what was redriven lies so scattered that not much more of it can be remembered. */
    boolean isNearlyFull() {
        return nearlyFull;
    }

    /**
     * Commits what is new.
     *
     * @throws TaskException when it cannot
     */
    void commit() {
        lastCommit = System.nanoTime();
        added = 0;
        if (changed.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        for (TopicPartition partition : changed) {
            Redriven.Written written = redriven.get(partition).commit(MOST_CHARACTERS);
            commits.put(partition, written.commit());
            forgotten.put(partition, written.forgotten());
            int length = written.commit().metadata().length();
            // Where gaps are filled it becomes shorter.
            nearlyFull |= length > MOST_CHARACTERS - ROOM && length > lengths.getOrDefault(partition, 0);
            lengths.put(partition, length);
        }
        try {
            consumer.commitSync(commits);
            changed.clear();
        } catch (KafkaException e) {
            throw new TaskException(
                    "What was redriven cannot be remembered by the consumer group '"
                            + consumer.groupMetadata().groupId() + "': " + e.getMessage()
                            + ". No other program may be a member of this group. What the report says to be sent was"
                            + " sent; a later run may send some of it once more",
                    e);
        }
    }

    /** How many redriven letters the commits could not tell. */
    long forgotten() {
        return forgotten.values().stream().mapToLong(count -> count).sum();
    }
}
