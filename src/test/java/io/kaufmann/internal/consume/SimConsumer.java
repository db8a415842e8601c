package io.kaufmann.internal.consume;

import io.kaufmann.internal.consume.SimMeetings.Meeting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/** A member of the simulated group. For one thread. */
@SuppressWarnings({"UnsynchronizedOverridesSynchronized", "removal"}) // There is but one thread, and no broker.
final class SimConsumer extends MockConsumer<byte[], byte[]> {

    private final SimWorld world;
    private final SimGroup group;
    private final Random random;
    private final SimProcess process;
    private ConsumerRebalanceListener listener;
    private final Set<TopicPartition> assigned = new LinkedHashSet<>();
    private final Set<TopicPartition> stopped = new HashSet<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    // The epoch that a position was read in: what tells that a log was cut since.
    private final Map<TopicPartition, Integer> epochs = new HashMap<>();
    private final Queue<Request> requests = new ArrayDeque<>();

    final Set<TopicPartition> toAssign = new LinkedHashSet<>();
    final Set<TopicPartition> toRevoke = new LinkedHashSet<>();
    /** The number of each partition's present assignment. */
    final Map<TopicPartition, Integer> assignments = new HashMap<>();

    boolean expelled;
    boolean stopping;
    /** Whether it is giving partitions up just now. */
    boolean revoking;
    /** What commits; null where offsets are committed alone. */
    SimExecutor executor;
    /** Null before there is one. */
    SimProducer producer;

    // As far as the consumer knows.
    private ConsumerGroupMetadata membership = SimGroup.membership(-1, "");
    /** Whether commits fail now and then. */
    boolean faulty = true;

    /** A commit that nobody waits for. */
    private record Request(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {}

    SimConsumer(SimWorld world, SimProcess process) {
        super("earliest");
        this.world = world;
        this.group = world.group();
        this.process = process;
        this.random = world.random();
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return membership;
    }

    /** The group has a new epoch, and the consumer hears of it. */
    void hearOfTheGroup() {
        group.membership(this).ifPresent(present -> membership = present);
    }

    boolean isUndecided() {
        return producer != null && producer.isUndecided();
    }

    /** Whether it has a partition by this assignment. */
    boolean holds(TopicPartition partition, int assignment) {
        return assigned.contains(partition) && assignments.get(partition) == assignment;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener rebalanceListener) {
        listener = rebalanceListener;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (stopping) {
            world.clock().advance(timeout.toNanos());
            if (process.faulty && random.nextInt(3) == 0) {
                group.rebalance(true);
            }
        }
        if (!expelled) {
            hearOfTheGroup();
        }
        answerCommits(random.nextInt(3));
        if (expelled) {
            loseAll();
        } else {
            giveUp();
            take();
        }
        return fetch();
    }

    private void loseAll() {
        answerCommits(requests.size());
        List<TopicPartition> lost = List.copyOf(assigned);
        forget(lost);
        toAssign.clear();
        toRevoke.clear();
        process.lost(this, lost);
        if (!lost.isEmpty() && isUndecided()) {
            world.met().note(Meeting.LOST_WHILE_UNDECIDED);
        }
        if (!lost.isEmpty() && executor != null && executor.hasWork()) {
            world.met().note(Meeting.LOST_WHILE_ON_ITS_WAY);
        }
        if (!lost.isEmpty()) {
            listener.onPartitionsLost(lost);
        }
        expelled = false;
        group.join(this);
        hearOfTheGroup();
    }

    private void giveUp() {
        Set<TopicPartition> revoked = new LinkedHashSet<>(toRevoke);
        toRevoke.clear();
        revoked.retainAll(assigned);
        if (!revoked.isEmpty()) {
            if (isUndecided()) {
                world.met().note(Meeting.REVOKED_WHILE_UNDECIDED);
            }
            if (executor != null && executor.hasWork()) {
                world.met().note(Meeting.REVOKED_WHILE_ON_ITS_WAY);
            }
            revoking = true;
            process.whileTheWorldGoesOn(() -> listener.onPartitionsRevoked(revoked));
            revoking = false;
            forget(revoked);
            group.givenUp(this, revoked);
        }
    }

    private void take() {
        List<TopicPartition> taken = List.copyOf(toAssign);
        toAssign.clear();
        if (!taken.isEmpty()) {
            assigned.addAll(taken);
            process.assigned(this, taken);
            listener.onPartitionsAssigned(taken);
        }
    }

    private void forget(Collection<TopicPartition> gone) {
        assigned.removeAll(gone);
        stopped.removeAll(gone);
        gone.forEach(positions::remove);
        gone.forEach(epochs::remove);
    }

    private ConsumerRecords<byte[], byte[]> fetch() {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        int room = 1 + random.nextInt(6);
        for (TopicPartition partition : assigned) {
            if (stopped.contains(partition) || !positions.containsKey(partition)) {
                continue;
            }
            SimLog log = group.logs.get(partition);
            long position = log.validated(positions.get(partition), epochs.getOrDefault(partition, Integer.MAX_VALUE));
            List<ConsumerRecord<byte[], byte[]>> records = log.read(position, room);
            room -= records.size();
            if (!records.isEmpty()) {
                ConsumerRecord<byte[], byte[]> last = records.get(records.size() - 1);
                position = last.offset() + 1;
                epochs.put(partition, last.leaderEpoch().orElseThrow());
                read.put(partition, records);
                next.put(partition, new OffsetAndMetadata(position));
            } else if (room > 0 && position < log.end()) {
                // Nothing but holes up to the end.
                position = log.end();
                epochs.put(partition, log.epoch());
                next.put(partition, new OffsetAndMetadata(position));
            }
            positions.put(partition, position);
        }
        return new ConsumerRecords<>(read, next);
    }

    @Override
    public void wakeup() {
        // Polls do not wait here.
    }

    @Override
    public Set<TopicPartition> assignment() {
        return new HashSet<>(assigned);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        stopped.addAll(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        stopped.removeAll(partitions);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        positions.put(partition, offset.offset());
        epochs.remove(partition);
        offset.leaderEpoch().ifPresent(epoch -> epochs.put(partition, epoch));
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> positions.put(partition, 0L));
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        partitions.forEach(
                partition -> positions.put(partition, group.logs.get(partition).end()));
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        return positions.get(partition);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        List<PartitionInfo> all = new ArrayList<>();
        group.logs
                .keySet()
                .forEach(partition -> all.add(new PartitionInfo(topic, partition.partition(), null, null, null)));
        return all;
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        failSometimes();
        if (world.transactions().isPresent()
                && partitions.stream()
                        .anyMatch(partition ->
                                world.transactions().get().pending(partition).isPresent())) {
            world.met().note(Meeting.OFFSETS_UNSTABLE_FOR_THE_NEXT_OWNER);
            throw new TimeoutException("on purpose: there are unstable offset commits");
        }
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        new TreeSet<>(Set.of(partitions.toArray(new TopicPartition[0])).stream()
                        .map(TopicPartition::partition)
                        .toList())
                .forEach(number -> {
                    TopicPartition partition = new TopicPartition("orders", number);
                    found.put(partition, group.committed.get(partition));
                });
        return found;
    }

    String describe(TopicPartition partition) {
        return "position " + positions.get(partition) + (assigned.contains(partition) ? "" : ", not assigned")
                + (toAssign.contains(partition) ? ", to be assigned" : "")
                + (toRevoke.contains(partition) ? ", to be revoked" : "")
                + (stopped.contains(partition) ? ", paused" : "") + (expelled ? ", expelled" : "");
    }

    /** Whether its loop has begun to read a partition. */
    boolean isReading(TopicPartition partition) {
        return positions.containsKey(partition);
    }

    /** Up to where it has read a partition. */
    long positionOf(TopicPartition partition) {
        return positions.getOrDefault(partition, 0L);
    }

    private void failSometimes() {
        if (faulty && random.nextInt(12) == 0) {
            throw new TimeoutException("on purpose");
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        answerCommits(requests.size());
        if (faulty && random.nextInt(10) == 0) {
            throw new RebalanceInProgressException("on purpose");
        }
        boolean arrives = !faulty || random.nextInt(10) > 0;
        boolean taken = arrives && group.commit(this, offsets);
        if (arrives && !taken) {
            throw new CommitFailedException("on purpose");
        }
        // A time-out tells nothing of what became of it.
        if (!arrives || (faulty && random.nextInt(10) == 0)) {
            throw new TimeoutException("on purpose");
        }
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        requests.add(new Request(Map.copyOf(offsets), callback));
    }

    /** The broker takes up to this many commits, in their order, and answers. */
    private void answerCommits(int most) {
        for (int i = 0; i < most && !requests.isEmpty(); i++) {
            Request request = requests.remove();
            boolean arrives = !faulty || random.nextInt(8) > 0;
            boolean taken = arrives && group.commit(this, request.offsets());
            boolean told = arrives && (!faulty || random.nextInt(8) > 0);
            Exception error =
                    told ? (taken ? null : new CommitFailedException("on purpose")) : new TimeoutException("x");
            request.callback().onComplete(request.offsets(), error);
        }
    }

    @Override
    public void close(CloseOptions options) {
        if (world.transactions().isPresent()) {
            group.expel(this);
            forget(List.copyOf(assigned));
        }
        expelled = true;
    }
}
