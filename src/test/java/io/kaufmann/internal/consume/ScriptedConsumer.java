package io.kaufmann.internal.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Kafka's MockConsumer with what it lacks: logs that outlast a rebalance, wakeups that strike the next blocking call
 * whichever it is, commits that fail or are late, and a close that gives its partitions back.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // A wakeup must not wait for the poll that it is to end.
final class ScriptedConsumer extends MockConsumer<byte[], byte[]> {

    // Guarded by this.
    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();

    private final AtomicBoolean wakeup = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore events = new Semaphore(0);

    /** What happens inside the next polls, one for each. */
    final Queue<Runnable> duringPoll = new ConcurrentLinkedQueue<>();
    /** What the next waiting commits throw. */
    final Queue<RuntimeException> commitErrors = new ConcurrentLinkedQueue<>();
    /** What the next commits that nobody waits for throw at once. */
    final Queue<RuntimeException> commitAsyncErrors = new ConcurrentLinkedQueue<>();
    /** What the callbacks of the next commits that nobody waits for hear. */
    final Queue<Exception> commitAnswers = new ConcurrentLinkedQueue<>();
    /** What the next look-ups of committed offsets throw. */
    final Queue<RuntimeException> committedErrors = new ConcurrentLinkedQueue<>();
    /** Topics without any right: they fail each request that names them, and with it what the request says of others. */
    final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    // What the group has committed.
    private final Map<TopicPartition, OffsetAndMetadata> group = new HashMap<>();
    /** Commits that took effect, in their order. */
    final List<Map<TopicPartition, OffsetAndMetadata>> commits = new ArrayList<>();
    /** Commits whose answer is late. */
    final Queue<Runnable> lateAnswers = new ConcurrentLinkedQueue<>();

    final AtomicInteger polls = new AtomicInteger();
    final AtomicInteger wakeups = new AtomicInteger();
    boolean answersLate;
    int maxPollRecords = 500;
    /** The leader epoch of the records that are written from now on. */
    Optional<Integer> leaderEpoch = Optional.empty();

    /** The timestamp of the records that are written from now on. */
    long timestamp = ConsumerRecord.NO_TIMESTAMP;

    volatile boolean waits;

    ScriptedConsumer() {
        super("earliest");
    }

    /** Makes a topic with empty logs, or adds partitions to it. */
    void topic(String topic, int partitions) {
        Node node = new Node(1, "localhost", 9092);
        updatePartitions(
                topic,
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new PartitionInfo(topic, partition, node, new Node[0], new Node[0]))
                        .toList());
        for (int partition = 0; partition < partitions; partition++) {
            log(new TopicPartition(topic, partition));
        }
    }

    private synchronized List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
        return logs.computeIfAbsent(partition, unknown -> {
            updateBeginningOffsets(Map.of(partition, 0L));
            updateEndOffsets(Map.of(partition, 0L));
            nextOffsets.put(partition, 0L);
            return new ArrayList<>();
        });
    }

    /** Writes a record; a null key or value stays null. */
    synchronized void write(TopicPartition partition, String key, String value) {
        long offset = end(partition);
        byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
        byte[] valueBytes = value == null ? null : value.getBytes(UTF_8);
        log(partition)
                .add(new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        offset,
                        timestamp,
                        TimestampType.CREATE_TIME,
                        keyBytes == null ? ConsumerRecord.NULL_SIZE : keyBytes.length,
                        valueBytes == null ? ConsumerRecord.NULL_SIZE : valueBytes.length,
                        keyBytes,
                        valueBytes,
                        new RecordHeaders(),
                        leaderEpoch));
        skipTo(partition, offset + 1);
    }

    /** Leaves out offsets, as compaction and the markers of transactions do. */
    synchronized void skipTo(TopicPartition partition, long offset) {
        log(partition);
        nextOffsets.put(partition, offset);
        updateEndOffsets(Map.of(partition, offset));
        events.release();
    }

    synchronized long end(TopicPartition partition) {
        log(partition);
        return nextOffsets.get(partition);
    }

    /** Makes a log anew; the consumer finds itself out of range and goes to its beginning. */
    synchronized void recreate(TopicPartition partition) {
        logs.remove(partition);
        log(partition);
        seek(partition, 0);
    }

    /** Gives it more partitions. */
    void assignMore(TopicPartition... partitions) {
        Set<TopicPartition> now = new HashSet<>(assignment());
        now.addAll(List.of(partitions));
        rebalance(now);
        for (TopicPartition partition : partitions) {
            if (group.containsKey(partition)) {
                seek(partition, group.get(partition).offset());
            }
        }
    }

    /** Takes partitions from it, in order. */
    void revoke(TopicPartition... partitions) {
        Set<TopicPartition> now = new HashSet<>(assignment());
        List.of(partitions).forEach(now::remove);
        rebalance(now);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        polls.incrementAndGet();
        Runnable task = duringPoll.poll();
        if (task != null) {
            task.run();
        }
        strike();
        if (waits && !hasAnyToRead()) {
            await(timeout);
            strike();
        }
        synchronized (this) {
            feed();
            return withNextOffsets(super.poll(timeout));
        }
    }

    private void await(Duration timeout) {
        try {
            events.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
            events.drainPermits();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized boolean hasAnyToRead() {
        return assignment().stream()
                .anyMatch(partition -> !paused().contains(partition) && position(partition) < end(partition));
    }

    private void feed() {
        int room = maxPollRecords;
        for (TopicPartition partition : assignment()) {
            if (!paused().contains(partition)) {
                long position = position(partition);
                for (ConsumerRecord<byte[], byte[]> record : log(partition)) {
                    if (record.offset() >= position && room > 0) {
                        addRecord(record);
                        room--;
                    }
                }
            }
        }
    }

    /** A poll that reaches a log's end goes past what is left out there. */
    private ConsumerRecords<byte[], byte[]> withNextOffsets(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
        records.partitions().forEach(partition -> byPartition.put(partition, records.records(partition)));
        for (TopicPartition partition : assignment()) {
            long position = position(partition);
            boolean atEnd = log(partition).stream().noneMatch(record -> record.offset() >= position);
            if (!paused().contains(partition) && atEnd && position < end(partition)) {
                seek(partition, end(partition));
                next.put(partition, new OffsetAndMetadata(end(partition)));
            }
        }
        return new ConsumerRecords<>(byPartition, next);
    }

    @Override
    public void wakeup() {
        wakeups.incrementAndGet();
        wakeup.set(true);
        events.release();
    }

    private void strike() {
        if (wakeup.getAndSet(false)) {
            throw new WakeupException();
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        strike();
        throwNext(committedErrors);
        forbidding(partitions).ifPresent(error -> {
            throw error;
        });
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        partitions.forEach(partition -> committed.put(partition, group.get(partition)));
        return committed;
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        strike();
        return super.position(partition, timeout);
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        strike();
        answerLate();
        throwNext(commitErrors);
        forbidding(offsets.keySet()).ifPresent(error -> {
            throw error;
        });
        commit(offsets);
    }

    private Optional<TopicAuthorizationException> forbidding(Set<TopicPartition> partitions) {
        Set<String> topics = partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        topics.retainAll(forbidden);
        return topics.isEmpty() ? Optional.empty() : Optional.of(new TopicAuthorizationException(topics));
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        if (forbidden.contains(topic)) {
            throw new TopicAuthorizationException(Set.of(topic));
        }
        return super.partitionsFor(topic, timeout);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        throwNext(commitAsyncErrors);
        Runnable answer = () -> {
            Exception error = Optional.ofNullable(commitAnswers.poll())
                    .or(() -> forbidding(offsets.keySet()))
                    .orElse(null);
            if (error == null) {
                commit(offsets);
            }
            callback.onComplete(offsets, error);
        };
        if (answersLate) {
            lateAnswers.add(answer);
        } else {
            answer.run();
        }
    }

    /** Lets the answers come that are late. */
    void answerLate() {
        for (Runnable answer = lateAnswers.poll(); answer != null; answer = lateAnswers.poll()) {
            answer.run();
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commits.add(Map.copyOf(offsets));
        group.putAll(offsets);
    }

    private static void throwNext(Queue<RuntimeException> errors) {
        RuntimeException error = errors.poll();
        if (error != null) {
            throw error;
        }
    }

    /** The offsets of a partition that were committed, in their order. */
    List<Long> committedOf(TopicPartition partition) {
        return commits.stream()
                .filter(commit -> commit.containsKey(partition))
                .map(commit -> commit.get(partition).offset())
                .toList();
    }

    /** As if the group had committed this before. */
    void committedBefore(TopicPartition partition, OffsetAndMetadata offset) {
        group.put(partition, offset);
    }

    @Override
    public void close(CloseOptions options) {
        strike();
        rebalance(List.of());
        closed.set(true);
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Writes the same event several times to each. */
    void writeAll(Collection<TopicPartition> partitions, int each) {
        for (TopicPartition partition : partitions) {
            for (int i = 0; i < each; i++) {
                write(partition, "order.placed", "{}");
            }
        }
    }
}
