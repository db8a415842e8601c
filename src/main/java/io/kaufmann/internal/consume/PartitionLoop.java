package io.kaufmann.internal.consume;

import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.WorkQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One assigned partition: the records that were read and not handed out yet, the progress of those that were, and what was
 * committed. A new assignment of the partition is a new loop. Consumer thread only.
 */
final class PartitionLoop {

    private final Assignment assignment;
    private final PartitionProgress<Delivery> progress;
    private final Handout handout;
    private final Queue<ConsumerRecord<byte[], byte[]>> backlog = new ArrayDeque<>();

    // What follows the last record that was read.
    private long readTo;
    private long committed;
    private final StartPosition start;

    PartitionLoop(TopicPartition partition, StartPosition start, Handout handout) {
        this.assignment = new Assignment(partition);
        this.progress = new PartitionProgress<>(start.offset());
        this.start = start;
        this.readTo = start.offset();
        this.committed = start.offset();
        this.handout = handout;
    }

    /** What a partition loop hands records out with: the same for all loops of a consumer. */
    record Handout(Names names, WorkQueue queue, Completions completions, InFlight inFlight, long maxSpan) {}

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
        backlog.addAll(records);
        readTo = Math.max(readTo, nextOffset);
    }

    /** Hands out up to this many records, as far as there is room; tells how many it handed out or passed over. */
    int handOut(int most) {
        int count = 0;
        while (count < most && !backlog.isEmpty() && hasRoom()) {
            handOut(backlog.remove());
            count++;
        }
        if (backlog.isEmpty()) {
            progress.advanceTo(readTo);
        }
        return count;
    }

    private boolean hasRoom() {
        return handout.inFlight().hasRoom() && progress.span() < handout.maxSpan();
    }

    private void handOut(ConsumerRecord<byte[], byte[]> record) {
        Optional<EventName> name = handout.names().naming().name(record.headers(), record.key());
        if (name.isPresent() && !handout.names().areHandled(name.get())) {
            progress.advanceTo(record.offset() + 1);
            return;
        }
        Lane lane = new Lane(handout.queue());
        Delivery delivery = new Delivery(record, name, assignment, progress.nextTicket(), lane, handout.completions());
        progress.begin(record.offset(), delivery);
        handout.inFlight().add(delivery);
        lane.append(delivery);
    }

    /** Takes a delivery of this assignment that has ended. */
    void settle(Delivery delivery) {
        if (delivery.outcome() == Outcome.DONE) {
            progress.finish(delivery.ticket());
        }
    }

    /** Whether records wait here for room, so that no more should be fetched. */
    boolean hasBacklog() {
        return !backlog.isEmpty();
    }

    /** The offset to be committed; empty when nothing new is finished. */
    Optional<Long> committable() {
        long offset = progress.committable();
        return offset > committed ? Optional.of(offset) : Optional.empty();
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    /** How many finished offsets are not committed. */
    long uncommitted() {
        return progress.committable() - committed;
    }

    /** Where it started, with what every commit of it repeats. */
    StartPosition start() {
        return start;
    }

    /** The deliveries that run or wait, the oldest first. */
    List<Delivery> unfinished() {
        return progress.unfinished();
    }

    /** Lets no more records start, and forgets those that were not handed out. */
    void drain() {
        assignment.drain();
        backlog.clear();
    }
}
