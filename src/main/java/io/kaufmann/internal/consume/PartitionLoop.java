package io.kaufmann.internal.consume;

import io.kaufmann.event.EventName;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.KeptAnswer;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.handoff.ReadyLanes;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One assigned partition: the records that were read and not handed out yet, the progress of those that were, and what was
 * committed. A new assignment of the partition is a new loop. Consumer thread only.
 */
final class PartitionLoop {

    private final Assignment assignment;
    private final PartitionProgress<Delivery> progress;
    private final Handout handout;
    private final Lanes lanes;
    private final FinishedBefore finished;
    // Of use only when answers are kept for transactions.
    private final FinishedInTurn inTurn;
    private final StartPosition start;
    private final Queue<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();

    // Where it ends: what follows is not read.
    private final long end;

    // What follows the last record that was read.
    private long readTo;
    private OffsetAndMetadata committed;
    private long backlogBytes;
    // What is in flight.
    private int events;
    private long bytes;
    // What has ended and is kept for a transaction.
    private int keptCount;
    private long keptBytes;
    private boolean isForgotten;
    // How many of those that are handed out at present were not for a worker.
    private int passedOver;
    // How many have ended and were settled here, how many there were at the last look at the time, and that time.
    private long settled;
    private long settledBefore;
    private long lastEndNanos;

    PartitionLoop(TopicPartition partition, StartPosition start, Handout handout) {
        this.assignment = new Assignment(partition, handout.handoff().shares(), new ParkedKeys(parked(start, handout)));
        this.progress = new PartitionProgress<>(start.offset());
        this.lanes = new Lanes(assignment, handout.handoff().flights());
        // A map tells nothing of answers that were kept and dropped.
        this.finished = new FinishedBefore(
                partition,
                handout.exactlyOnce() ? GapMap.none() : start.metadata().finished());
        this.inTurn = new FinishedInTurn(progress);
        this.start = start;
        this.end = handout.replays() ? start.metadata().until().orElse(start.offset()) : Long.MAX_VALUE;
        this.readTo = start.offset();
        this.committed = start.commit();
        this.handout = handout;
        this.lastEndNanos = handout.clock().nanos();
    }

    /** Those that a replay parked are no service's: their dead letters were never written. */
    private static Map<Long, ParkedKeys.Round> parked(StartPosition start, Handout handout) {
        boolean isOfReplay = start.metadata().until().isPresent();
        return isOfReplay && !handout.replays() ? Map.of() : start.metadata().parked();
    }

    /** What a partition loop hands records out with: the same for all loops of a consumer. */
    record Handout(
            Handoff handoff,
            LaneRule rule,
            Completions completions,
            InFlight inFlight,
            long maxSpan,
            Clock clock,
            ReadyLanes ready,
            boolean replays,
            boolean exactlyOnce) {}

    Assignment assignment() {
        return assignment;
    }

    TopicPartition partition() {
        return assignment.partition();
    }

    /** Whether this offset was read before: then the log was cut or made anew, and the consumer was set back in it. */
    boolean isSetBackBy(long offset) {
        return offset < readTo;
    }

    /** Takes what a poll brought. */
    void receive(List<ConsumerRecord<byte[], byte[]>> records, long nextOffset) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < end) {
                backlog.add(record);
                keep(1, weight(record));
            }
        }
        readTo = Math.max(readTo, Math.min(nextOffset, end));
    }

    private void keep(int more, long moreBytes) {
        backlogBytes += moreBytes;
        handout.inFlight().keep(more, moreBytes);
    }

    private static long weight(ConsumerRecord<byte[], byte[]> record) {
        return (long) Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }

    /** Hands out up to this many records, as far as there is room; tells how many it handed out or passed over. */
    int handOut(int most) {
        int count = 0;
        long now = handout.clock().nanos();
        while (count < most && !backlog.isEmpty() && pause().isEmpty()) {
            ConsumerRecord<byte[], byte[]> record = backlog.remove();
            keep(-1, -weight(record));
            handOut(record, now);
            count++;
        }
        if (backlog.isEmpty()) {
            progress.advanceTo(readTo);
        }
        if (passedOver > 0) {
            handout.handoff().tally().passedOver(partition(), passedOver);
            passedOver = 0;
        }
        return count;
    }

    /** Takes the consumer's word that nothing is to be read before its position; of use only at the end of what is read. */
    void passTo(long position) {
        if (position >= end) {
            readTo = end;
        }
    }

    /** Whether all that it is to read has been read. */
    boolean isAtItsEnd() {
        return readTo >= end;
    }

    /** Why no more is handed out, and so nothing fetched; empty when there is room. */
    Optional<Pause> pause() {
        if (!handout.inFlight().hasRoom() && !mayExceed()) {
            return Optional.of(Pause.FULL);
        }
        if (!handout.inFlight().hasRoom(events, bytes) || !handout.inFlight().hasRoomToKeep(keptCount)) {
            return Optional.of(Pause.FULL_SHARE);
        }
        return isAtItsSpan() ? Optional.of(Pause.FULL_SPAN) : Optional.empty();
    }

    /** Whether it is read as far ahead of what is committed as may be. */
    boolean isAtItsSpan() {
        return progress.position() - committed.offset() >= handout.maxSpan();
    }

    /**
     * Whether it may have an event more though the limit is reached: others that hold all the room there is, since they came before
     * it, leave it what its share of the workers needs.
     */
    private boolean mayExceed() {
        Shares shares = handout.handoff().shares();
        return events < shares.limit() && handout.inFlight().hasRoomBeyond(shares.workers());
    }

    /** Why nothing is fetched; empty when it is, or when only what was fetched has yet to be handed out. */
    Optional<Pause> whyPaused() {
        Optional<Pause> full = handout.inFlight().hasRoomToRead() ? Optional.empty() : Optional.of(Pause.FULL);
        return pause().or(() -> full);
    }

    private void handOut(ConsumerRecord<byte[], byte[]> record, long now) {
        var names = handout.handoff().names();
        Optional<EventName> name = names.naming().name(record.headers(), record.key());
        boolean handled = name.isEmpty() || names.areHandled(name.get());
        if (finished.holds(record) || !handled) {
            progress.advanceTo(record.offset() + 1);
            passedOver++;
            return;
        }
        Optional<String> orderingKey =
                handout.rule().goesByKey() ? names.naming().orderingKey(name, record.key()) : Optional.empty();
        Lane lane = lanes.get(handout.rule().laneKey(record.offset(), orderingKey));
        Delivery delivery = new Delivery(record, name, assignment, progress.nextTicket(), lane, handout.completions());
        delivery.handOut(now);
        progress.begin(record.offset(), delivery);
        handout.inFlight().add(delivery);
        events++;
        bytes += delivery.bytes();
        if (lane.add(delivery)) {
            handout.ready().add(lane);
        }
    }

    /** Takes a delivery of this assignment that has ended. */
    void settle(Delivery delivery) {
        if (delivery.outcome() == Outcome.DONE) {
            progress.finish(delivery.ticket());
        }
        bytes -= delivery.bytes();
        ended(delivery);
    }

    private void ended(Delivery delivery) {
        events--;
        lanes.settled(delivery);
        settled++;
    }

    /** Takes one that is done, and keeps it with what came of it for a transaction. */
    void keep(Delivery delivery) {
        long answers = delivery.keptBytes();
        handout.inFlight().keepFinished(answers);
        bytes += answers;
        keptBytes += delivery.bytes() + answers;
        keptCount++;
        delivery.settle();
        ended(delivery);
        inTurn.settled();
    }

    /** What a transaction may take: what is finished in turn, up to the first event that is to be left out. */
    Optional<FinishedRun> finishedRun(Predicate<Delivery> canBeTaken) {
        return asRun(inTurn.run(canBeTaken));
    }

    /** The first event that is not committed, if it is finished. */
    Optional<FinishedRun> firstFinished() {
        List<Delivery> first = inTurn.first();
        return first.isEmpty() ? Optional.empty() : asRun(first);
    }

    private Optional<FinishedRun> asRun(List<Delivery> run) {
        long offset = inTurn.offsetAfter(run);
        CommitMetadata metadata = new CommitMetadata(
                start.metadata().partitionsAtFirst(),
                GapMap.none(),
                // What is not committed has parked no key.
                assignment.parked().roundsBefore(offset),
                until());
        OffsetAndMetadata commit =
                new OffsetAndMetadata(offset, finished.epochBefore(offset), metadata.text(offset, 0));
        return isNew(commit) ? Optional.of(new FinishedRun(this, run, commit)) : Optional.empty();
    }

    private boolean isNew(OffsetAndMetadata commit) {
        return commit.offset() > committed.offset()
                || (commit.offset() == committed.offset() && !commit.metadata().equals(committed.metadata()));
    }

    /** A transaction took a run of this partition, and is committed. */
    void committed(FinishedRun run) {
        if (isForgotten) {
            return;
        }
        inTurn.taken(run.deliveries());
        long now = handout.clock().nanos();
        for (Delivery delivery : run.deliveries()) {
            removeKept(delivery);
            delivery.enter(Stage.ANSWERING, now);
            handout.handoff().tally().finished(delivery);
        }
        committed(run.commit());
    }

    private void removeKept(Delivery delivery) {
        long weight = delivery.bytes() + delivery.keptBytes();
        handout.inFlight().removeFinished(weight);
        bytes -= weight;
        keptBytes -= weight;
        keptCount--;
    }

    /** Whether what was kept has been dropped, since the partition is given up. */
    boolean isForgotten() {
        return isForgotten;
    }

    /**
     * An answer of an event that is kept can never be written: the event goes on as one that failed. False when no more may run here:
     * then it stays as it is, and must not be committed.
     */
    boolean reopen(Delivery delivery, KeptAnswer refused, PublishException error) {
        long answers = delivery.keptBytes();
        if (!delivery.reopen(new Lane(assignment.share(), new Object()), refused, error)) {
            return false;
        }
        handout.inFlight().reopen(answers);
        bytes -= answers;
        keptBytes -= delivery.bytes() + answers;
        events++;
        keptCount--;
        inTurn.reopened(delivery);
        return true;
    }

    /** Whether something has ended, or was passed over, that is not committed. */
    boolean hasFinished() {
        return keptCount > 0 || inTurn.offset() > committed.offset();
    }

    /** Whether what is finished in turn takes so much of the partition's room that it is time to commit it. */
    boolean isFullOfFinished() {
        return inTurn.count() > 0
                && (2 * inTurn.count() >= handout.inFlight().shareOfEvents()
                        || 2 * keptBytes >= handout.inFlight().shareOfBytes());
    }

    /** Drops what is kept for a transaction: it comes again, to whoever has the partition next. */
    void forgetKept() {
        isForgotten = true;
        for (Delivery delivery : progress.unfinished()) {
            if (delivery.isSettled()) {
                removeKept(delivery);
                delivery.forgetKept();
                handout.handoff().tally().dropped(delivery);
            }
        }
    }

    /** Whether records wait here for room. */
    boolean hasBacklog() {
        return !backlog.isEmpty();
    }

    /** Says after how many further ends the loop is to be woken: by the first; or when half of what is in flight has ended, if it is full. */
    void askToBeWoken(boolean atFirstEnd) {
        boolean isFullOfKept = !handout.inFlight().hasRoomToKeep(keptCount);
        assignment.await(isFullOfKept ? inTurn.firstUnfinished().orElse(null) : null);
        if (atFirstEnd) {
            assignment.wakeAt(settled + 1);
        } else if (isFullOfKept) {
            // Only the end of the one that all of these wait behind gives room.
            assignment.wakeNever();
        } else if (pause().isPresent()) {
            assignment.wakeAt(settled + Math.max(1, events / 2));
        } else {
            assignment.wakeNever();
        }
    }

    /** What is to be committed; empty when that would say nothing new. */
    Optional<OffsetAndMetadata> commit(int gapMapLimit) {
        long offset = progress.committable();
        // The ranges before the parked keys: an event that is finished has left its mark there.
        GapMap map = gapMapLimit <= 0 ? GapMap.none() : finished.with(progress, offset);
        CommitMetadata metadata = new CommitMetadata(
                start.metadata().partitionsAtFirst(), map, assignment.parked().rounds(), until());
        OffsetAndMetadata commit =
                new OffsetAndMetadata(offset, finished.epochBefore(offset), metadata.text(offset, gapMapLimit));
        return isNew(commit) ? Optional.of(commit) : Optional.empty();
    }

    private OptionalLong until() {
        return handout.replays() ? start.metadata().until() : OptionalLong.empty();
    }

    void committed(OffsetAndMetadata commit) {
        if (commit.offset() >= committed.offset()) {
            committed = commit;
        }
    }

    /** How many finished offsets are not committed. */
    long uncommitted() {
        return (handout.exactlyOnce() ? inTurn.offset() : progress.committable()) - committed.offset();
    }

    /** Where it started. */
    StartPosition start() {
        return start;
    }

    /** Whether deliveries run or wait. */
    boolean hasUnfinished() {
        return events > 0;
    }

    /** How many deliveries run or wait. */
    int events() {
        return events;
    }

    /** The deliveries that run or wait, the oldest first. */
    List<Delivery> unfinished() {
        List<Delivery> unfinished = progress.unfinished();
        unfinished.removeIf(Delivery::isSettled);
        return unfinished;
    }

    /** Lets no more records start, has those that wait dropped, and forgets those that were not handed out. */
    void drain() {
        assignment.drain();
        hurry();
        forgetBacklog();
    }

    /** Gives up on what still runs: it publishes no more, and what waits is dropped. */
    void abandon() {
        assignment.abandon();
        hurry();
    }

    private void hurry() {
        unfinished().forEach(delivery -> delivery.lane().hurry());
    }

    /** Forgets what was read and not handed out. */
    void forgetBacklog() {
        keep(-backlog.size(), -backlogBytes);
        backlog.clear();
    }

    /** Where to read on from if what was read and not handed out is forgotten. There must be some. */
    OffsetAndMetadata backlogStart() {
        ConsumerRecord<byte[], byte[]> first = backlog.element();
        return new OffsetAndMetadata(first.offset(), first.leaderEpoch(), "");
    }

    /** Forgets what was read and not handed out: it will be read again. */
    void giveBack() {
        readTo = backlog.element().offset();
        forgetBacklog();
    }

    /** Whether records wait here for room, and none has appeared for so long. */
    boolean isStuck(Duration time) {
        noteEnds();
        return hasBacklog()
                && pause().isPresent()
                && handout.clock().since(lastEndNanos).compareTo(time) >= 0;
    }

    private void noteEnds() {
        if (settled != settledBefore) {
            settledBefore = settled;
            lastEndNanos = handout.clock().nanos();
        }
    }

    /** The assignment is at its end: the next one in this process waits for what is not through yet. */
    void leave() {
        lanes.leave(unfinished());
    }

    /** How it does. */
    PartitionReport report() {
        lanes.sweep();
        noteEnds();
        Map<Stage, PartitionReport.Oldest> oldest = new EnumMap<>(Stage.class);
        Optional<PartitionReport.Oldest> heldBack = Optional.empty();
        for (Delivery delivery : unfinished()) {
            PartitionReport.Oldest now = new PartitionReport.Oldest(delivery, delivery.stageNanos());
            oldest.merge(delivery.stage(), now, PartitionLoop::older);
            if (delivery.lane().isHeldBack(delivery)) {
                heldBack = Optional.of(heldBack.map(one -> older(one, now)).orElse(now));
            }
        }
        return new PartitionReport(
                partition(),
                committed.offset(),
                progress.position(),
                events,
                bytes,
                committed.metadata().length(),
                whyPaused(),
                oldest,
                heldBack,
                lastEndNanos);
    }

    private static PartitionReport.Oldest older(PartitionReport.Oldest one, PartitionReport.Oldest other) {
        return one.sinceNanos() - other.sinceNanos() <= 0 ? one : other;
    }
}
