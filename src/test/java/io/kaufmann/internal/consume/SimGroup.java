package io.kaufmann.internal.consume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The broker: logs, and a group whose members get partitions, give them up, and are expelled. It refuses a commit by whoever is
 * not the owner, and checks what each commit claims. For one thread.
 */
@SuppressWarnings("removal") // A consumer's own would need a broker.
final class SimGroup {

    final Map<TopicPartition, SimLog> logs = new LinkedHashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final List<SimConsumer> members = new ArrayList<>();
    private final Map<TopicPartition, SimConsumer> owners = new HashMap<>();
    // Where a partition goes once its owner has given it up.
    private final Map<TopicPartition, SimConsumer> successors = new HashMap<>();
    private final Map<SimConsumer, ConsumerGroupMetadata> memberships = new HashMap<>();
    private final Set<Long> finished = new HashSet<>();
    private final Map<Long, TopicPartition> partitionsById = new HashMap<>();
    private final Random random;
    // Empty where offsets are committed alone.
    private Optional<SimTransactions> transactions = Optional.empty();
    private final Set<Long> failed = new HashSet<>();
    private AssertionError broken;
    private int epoch;
    private int names;

    SimGroup(int partitions, Random random) {
        this.random = random;
        for (int i = 0; i < partitions; i++) {
            TopicPartition partition = new TopicPartition("orders", i);
            logs.put(partition, new SimLog(partition));
        }
    }

    /** Offsets are committed in transactions from now on. */
    void commitBy(SimTransactions some) {
        transactions = Optional.of(some);
    }

    SimLog.Entry append(TopicPartition partition, long id, String key, boolean handled) {
        partitionsById.put(id, partition);
        return logs.get(partition).append(id, key, handled);
    }

    TopicPartition partitionOf(long id) {
        return partitionsById.get(id);
    }

    /** An event, unless its log has lost it. */
    Optional<SimLog.Entry> entry(long id) {
        return logs.get(partitionOf(id)).entries.stream()
                .filter(entry -> entry.id() == id)
                .findFirst();
    }

    // Kafka's own consumer makes it by this, and there is no other way yet.
    @SuppressWarnings("removal")
    static ConsumerGroupMetadata membership(int epoch, String memberId) {
        return new ConsumerGroupMetadata("group", epoch, memberId, Optional.empty());
    }

    void join(SimConsumer member) {
        members.add(member);
        memberships.put(member, membership(epoch, "member " + names++));
    }

    /** Its members have another epoch, of which they hear by and by. */
    void newEpoch() {
        epoch++;
        memberships.replaceAll((member, old) -> membership(epoch, old.memberId()));
    }

    Optional<ConsumerGroupMetadata> membership(SimConsumer member) {
        return Optional.ofNullable(memberships.get(member));
    }

    /** Whether it is somebody's of today; as for a broker, nobody's is as good where offsets come in a transaction. */
    boolean isMember(ConsumerGroupMetadata told) {
        return told.memberId().isEmpty() || memberships.containsValue(told);
    }

    boolean hasMember(String memberId) {
        return memberships.values().stream().anyMatch(some -> some.memberId().equals(memberId));
    }

    /** A member has not been heard of for too long: others get its partitions. */
    void expel(SimConsumer member) {
        members.remove(member);
        memberships.remove(member);
        member.expelled = true;
        owners.values().removeIf(owner -> owner == member);
        successors.values().removeIf(successor -> successor == member);
    }

    /** Gives free partitions away, and moves one now and then. */
    void rebalance(boolean move) {
        if (members.isEmpty()) {
            return;
        }
        for (TopicPartition partition : logs.keySet()) {
            if (!owners.containsKey(partition)) {
                SimConsumer owner = anyMember();
                owners.put(partition, owner);
                owner.toAssign.add(partition);
            } else if (move && random.nextInt(logs.size()) == 0) {
                SimConsumer owner = owners.get(partition);
                SimConsumer next = anyMember();
                if (next != owner && !owner.toAssign.contains(partition) && owner.toRevoke.add(partition)) {
                    successors.put(partition, next);
                }
            }
        }
    }

    private SimConsumer anyMember() {
        return members.get(random.nextInt(members.size()));
    }

    /** A member has given partitions up. */
    void givenUp(SimConsumer member, Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            if (owners.get(partition) == member) {
                owners.remove(partition);
                SimConsumer next = successors.remove(partition);
                if (next != null) {
                    owners.put(partition, next);
                    next.toAssign.add(partition);
                }
            }
        }
        if (transactions.isPresent()) {
            // Who has given up what it had to is of the next epoch.
            newEpoch();
        }
    }

    /** An event's effect is written. */
    void finish(long id) {
        finished.add(id);
    }

    boolean isFinished(SimLog.Entry entry) {
        return !entry.handled()
                || finished.contains(entry.id())
                || (transactions.isPresent() && SimAnswer.isSilent(entry.id()));
    }

    boolean isFinishedId(long id) {
        return finished.contains(id);
    }

    /** Takes a commit; false when the member does not own all of it. */
    boolean commit(SimConsumer member, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!offsets.keySet().stream().allMatch(partition -> owners.get(partition) == member)) {
            return false;
        }
        offsets.forEach(this::check);
        committed.putAll(offsets);
        return true;
    }

    /** Takes an offset of a transaction. */
    void take(TopicPartition partition, OffsetAndMetadata commit) {
        check(partition, commit);
        committed.put(partition, commit);
    }

    private void check(TopicPartition partition, OffsetAndMetadata commit) {
        OffsetAndMetadata before = committed.get(partition);
        demand(
                before == null || before.offset() <= commit.offset(),
                () -> "P2: the commit of " + partition + " goes back from " + before + " to " + commit);
        SimLog log = logs.get(partition);
        commit.leaderEpoch()
                .ifPresent(epoch -> demand(
                        log.epochBefore(commit.offset()) == epoch,
                        () -> "P2: the commit of " + partition + " at " + commit.offset() + " claims epoch " + epoch));
        CommitMetadata told = CommitMetadata.parse(commit.metadata(), commit.offset());
        for (SimLog.Entry entry : log.entries) {
            boolean claimed = entry.offset() < commit.offset()
                    || told.finished().contains(entry.offset(), Optional.of(entry.epoch()));
            demand(
                    !claimed || isFinished(entry),
                    () -> "P1: the commit of " + partition + " at " + commit.offset() + " claims that " + entry
                            + " is finished: " + told.finished());
        }
    }

    static void require(boolean condition, Supplier<String> promise) {
        if (!condition) {
            throw new AssertionError(promise.get());
        }
    }

    /** The same where what is thrown may be kept for somebody who never asks. */
    void demand(boolean condition, Supplier<String> promise) {
        if (!condition) {
            // The first is the cause of those that follow.
            broken = broken == null ? new AssertionError(promise.get()) : broken;
            throw broken;
        }
    }

    void checkDemands() {
        if (broken != null) {
            throw broken;
        }
    }

    /** Its handling fails, so that an error event may come of it. */
    void fails(long id) {
        failed.add(id);
    }

    boolean mayBeAnError(long id) {
        return failed.contains(id) || SimAnswer.flaw(id) != SimAnswer.Flaw.NONE;
    }

    static void require(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError(promise);
        }
    }

    /** Who has a partition, and how far it is there. */
    String owner(TopicPartition partition) {
        SimConsumer owner = owners.get(partition);
        return owner == null ? "nobody" : owner.describe(partition);
    }

    /** Whether all that is in the logs is finished and committed. */
    boolean isDone() {
        return logs.values().stream()
                .allMatch(log -> log.entries.stream().allMatch(this::isFinished)
                        && committed.containsKey(log.partition)
                        && committed.get(log.partition).offset() >= log.end()
                        && pending(log.partition) == 0);
    }

    /**
     * Where a log may be cut: beyond what is committed and what its owner has read. What was finished before a cut, and is
     * committed before the owner hears of it, no client of Kafka can know.
     */
    long cutFrom(TopicPartition partition) {
        OffsetAndMetadata commit = committed.get(partition);
        long from = Math.max(
                pending(partition), commit == null ? logs.get(partition).end() : commit.offset());
        SimConsumer owner = owners.get(partition);
        return owner == null ? from : Math.max(from, owner.positionOf(partition));
    }

    private long pending(TopicPartition partition) {
        return transactions.flatMap(some -> some.pending(partition)).orElse(0L);
    }
}
