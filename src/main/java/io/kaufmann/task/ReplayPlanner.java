package io.kaufmann.task;

import io.kaufmann.internal.consume.ReplayCommit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Finds where a replay begins and ends in each partition. One thread's. */
final class ReplayPlanner {

    private final ServiceGroup group;
    private final Set<TopicPartition> partitions;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, OffsetAndMetadata> commits;
    private final Map<Long, Map<TopicPartition, Long>> byTime = new HashMap<>();

    ReplayPlanner(ServiceGroup group) {
        this.group = group;
        this.partitions = group.partitions();
        this.beginnings = group.offsets(partitions, OffsetSpec.earliest());
        this.ends = group.offsets(partitions, OffsetSpec.latest());
        this.commits = group.commits();
    }

    /** Whether a replay of the group stopped before its end. */
    boolean isUnderWay() {
        return commits.values().stream().map(ReplayCommit::of).anyMatch(ReplayCommit::isUnderWay);
    }

    Set<TopicPartition> partitions() {
        return partitions;
    }

    /** Of a new replay. */
    ReplayPlan plan(Function<TopicPartition, ReplayPosition> from, Function<TopicPartition, ReplayPosition> to) {
        List<ReplayPlan.Partition> plans = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            List<String> notes = new ArrayList<>();
            long first = clamped(partition, from.apply(partition), "begin", notes);
            long last = clamped(partition, to.apply(partition), "end", notes);
            if (last < first) {
                throw new TaskException(
                        "The replay of " + partition + " would end at offset " + last + " (" + to.apply(partition)
                                + "), before it begins at " + first + " (" + from.apply(partition)
                                + "). Let it begin earlier or end later");
            }
            commit(partition).ifPresent(commit -> compare(last, served(commit), notes));
            plans.add(plan(partition, first, last, String.join("; ", notes)));
        }
        return new ReplayPlan(group.group(), false, plans);
    }

    private static void compare(long last, long served, List<String> notes) {
        if (last > served) {
            notes.add((last - served) + " new to the service");
        } else if (last < served) {
            notes.add((served - last) + " come again to the service afterwards");
        }
    }

    /** Of one that goes on where another stopped. */
    ReplayPlan resume() {
        if (!isUnderWay()) {
            throw new TaskException("Group " + group.group()
                    + " has no replay to resume: none was begun, or it came to its end. Begin one without --resume");
        }
        List<ReplayPlan.Partition> plans = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Optional<ReplayCommit> commit = commit(partition);
            long at = commit.map(ReplayCommit::offset).orElse(beginnings.get(partition));
            long until =
                    commit.map(ReplayCommit::until).orElse(OptionalLong.empty()).orElse(at);
            // What was cut off meanwhile at either end is not there to be replayed.
            long from = Math.max(at, beginnings.get(partition));
            long to = Math.max(from, Math.min(until, ends.get(partition)));
            plans.add(plan(partition, from, to, to == Math.max(at, until) ? "" : "its log was cut meanwhile"));
        }
        return new ReplayPlan(group.group(), true, plans);
    }

    /** The commits that begin a replay; of one that is resumed, only of what was cut since. */
    Map<TopicPartition, OffsetAndMetadata> begin(ReplayPlan plan) {
        Map<TopicPartition, OffsetAndMetadata> begin = commits(plan, true);
        if (plan.resumed()) {
            begin.keySet().removeIf(partition -> isAsCommitted(partition, begin.get(partition)));
        }
        return begin;
    }

    private boolean isAsCommitted(TopicPartition partition, OffsetAndMetadata commit) {
        ReplayCommit begin = ReplayCommit.of(commit);
        return commit(partition)
                .filter(now -> now.offset() == begin.offset() && now.until().equals(begin.until()))
                .isPresent();
    }

    /** The commits that end it. */
    Map<TopicPartition, OffsetAndMetadata> end(ReplayPlan plan) {
        return commits(plan, false);
    }

    private Map<TopicPartition, OffsetAndMetadata> commits(ReplayPlan plan, boolean atBeginning) {
        Map<TopicPartition, OffsetAndMetadata> made = new HashMap<>();
        for (ReplayPlan.Partition part : plan.partitions()) {
            TopicPartition partition = part.topicPartition();
            ReplayCommit commit = new ReplayCommit(
                    atBeginning ? part.from() : part.to(),
                    atBeginning ? OptionalLong.of(part.to()) : OptionalLong.empty(),
                    partitionsAtFirst(partition));
            made.put(partition, commit.commit());
        }
        return made;
    }

    private OptionalInt partitionsAtFirst(TopicPartition partition) {
        OptionalInt told =
                commit(partition).map(ReplayCommit::partitionsAtFirst).orElse(OptionalInt.empty());
        long now = partitions.stream()
                .filter(other -> other.topic().equals(partition.topic()))
                .count();
        return told.isPresent() ? told : OptionalInt.of((int) now);
    }

    private Optional<ReplayCommit> commit(TopicPartition partition) {
        return Optional.ofNullable(commits.get(partition)).map(ReplayCommit::of);
    }

    private ReplayPlan.Partition plan(TopicPartition partition, long from, long to, String note) {
        return new ReplayPlan.Partition(
                partition.topic(),
                partition.partition(),
                from,
                to,
                beginnings.get(partition),
                ends.get(partition),
                commit(partition).map(commit -> OptionalLong.of(served(commit))).orElse(OptionalLong.empty()),
                note);
    }

    /** How far the service had come: beyond a replay that stopped, to where that was to end. */
    private static long served(ReplayCommit commit) {
        return Math.max(commit.offset(), commit.until().orElse(commit.offset()));
    }

    private long clamped(TopicPartition partition, ReplayPosition position, String what, List<String> notes) {
        long offset = offset(partition, position);
        long beginning = beginnings.get(partition);
        long end = ends.get(partition);
        if (offset < beginning) {
            if (position.kind() != ReplayPosition.Kind.EARLIEST) {
                notes.add("no events before " + beginning + ", where it " + what + "s instead of at " + offset);
            }
            return beginning;
        }
        if (offset > end) {
            notes.add("no events from " + end + " on, where it " + what + "s instead of at " + offset);
            return end;
        }
        return offset;
    }

    private long offset(TopicPartition partition, ReplayPosition position) {
        return switch (position.kind()) {
            case EARLIEST -> beginnings.get(partition);
            case NEWEST -> ends.get(partition);
            case COMMITTED -> commit(partition).map(ReplayPlanner::served).orElse(beginnings.get(partition));
            case OFFSET -> position.number();
            case TIME -> {
                long found = byTime.computeIfAbsent(
                                position.number(), time -> group.offsets(partitions, OffsetSpec.forTimestamp(time)))
                        .get(partition);
                yield found < 0 ? ends.get(partition) : found;
            }
        };
    }
}
