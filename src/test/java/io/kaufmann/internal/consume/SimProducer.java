package io.kaufmann.internal.consume;

import io.kaufmann.internal.consume.SimMeetings.Meeting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;

/** A transactional producer that behaves as Kafka's own does, in trouble above all. For one thread. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // There is but one thread.
final class SimProducer extends MockProducer<byte[], byte[]> {

    private static final int LONGEST_TIMEOUT_MILLIS = 4_000;

    private enum State {
        NEW,
        READY,
        IN_TRANSACTION,
        ABORTABLE,
        FATAL,
        CLOSED
    }

    private enum Ending {
        NONE,
        COMMIT,
        ABORT
    }

    private final String id;
    private final SimTransactions transactions;
    private final SimProcess process;
    private final SimConsumer consumer;
    private final SimGroup group;
    private final Random random;
    private final SimMeetings met;

    private State state = State.NEW;
    private RuntimeException error;
    // What was called, and timed out: it must be called again.
    private Ending pending = Ending.NONE;
    private boolean hasArrived;
    private int epoch;
    private final Queue<Sent> unsent = new ArrayDeque<>();
    // In this transaction.
    private final List<SimAnswer> sent = new ArrayList<>();
    // Offsets that timed out before they arrived, and may yet.
    private Map<TopicPartition, OffsetAndMetadata> late = Map.of();

    private record Sent(SimAnswer answer, Callback callback) {}

    SimProducer(String id, SimTransactions transactions, SimProcess process, SimConsumer consumer, SimWorld world) {
        this.id = id;
        this.transactions = transactions;
        this.process = process;
        this.consumer = consumer;
        this.group = world.group();
        this.random = world.random();
        this.met = world.met();
    }

    /** Whether nobody can tell what has become of its transaction. */
    boolean isUndecided() {
        return pending == Ending.COMMIT;
    }

    boolean isInTransaction() {
        return transactions.isOpen(id);
    }

    @Override
    public void initTransactions() {
        process.elsewhere();
        timeOut(10, Meeting.INIT_TIMED_OUT_BEFORE);
        epoch = transactions.init(id);
        timeOut(12, Meeting.INIT_TIMED_OUT_AFTER);
        state = State.READY;
    }

    @Override
    public void beginTransaction() {
        failIfPending(Ending.NONE);
        failIfError();
        require(State.READY);
        state = State.IN_TRANSACTION;
        late = Map.of();
        sent.clear();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        failIfPending(Ending.NONE);
        SimAnswer answer = SimAnswer.of(record.value());
        try {
            failIfError();
            require(State.IN_TRANSACTION);
            refuseAtOnce(answer);
        } catch (ApiException e) {
            callback.onCompletion(null, e);
            becomeAbortable(e);
            return CompletableFuture.failedFuture(e);
        }
        unsent.add(new Sent(answer, callback));
        sent.add(answer);
        process.elsewhere();
        if (random.nextInt(3) == 0) {
            deliver();
        }
        return new CompletableFuture<>();
    }

    private void refuseAtOnce(SimAnswer answer) {
        if (answer.flaw() == SimAnswer.Flaw.TOO_LARGE_FOR_THE_CLIENT) {
            met.note(Meeting.RECORD_TOO_LARGE_BY_CLIENT);
            throw new RecordTooLargeException("on purpose, event " + answer.id());
        }
        if (answer.flaw() == SimAnswer.Flaw.FORBIDDEN) {
            met.note(Meeting.TOPIC_FORBIDDEN);
            throw new TopicAuthorizationException(Set.of("forbidden"));
        }
    }

    /** The broker answers a request with some records. */
    private void deliver() {
        List<Sent> batch = new ArrayList<>();
        int size = 1 + random.nextInt(3);
        while (batch.size() < size && !unsent.isEmpty()) {
            batch.add(unsent.remove());
        }
        boolean isSilent = process.faulty && !batch.isEmpty() && random.nextInt(30) == 0;
        if (isSilent) {
            met.note(Meeting.RECORD_TIMED_OUT);
            TimeoutException expired = new TimeoutException("on purpose: expiring records");
            if (random.nextBoolean()) {
                batch.forEach(sent -> write(sent, false));
            }
            batch.forEach(sent -> fail(sent, expired));
            return;
        }
        boolean isSpoiled = batch.stream().anyMatch(SimProducer::isTooLarge);
        boolean blamesAll = isSpoiled && batch.size() > 1 && random.nextBoolean();
        if (blamesAll) {
            met.note(Meeting.RECORD_BLAMED_FOR_ANOTHER);
        }
        for (Sent sent : batch) {
            if (blamesAll || isTooLarge(sent)) {
                met.note(Meeting.RECORD_TOO_LARGE_BY_BROKER);
                if (consumer.revoking) {
                    met.note(Meeting.REFUSED_WHILE_DRAINING);
                }
                fail(sent, new RecordTooLargeException("on purpose, by the broker"));
            } else {
                write(sent, true);
            }
        }
    }

    private static boolean isTooLarge(Sent sent) {
        return sent.answer().flaw() == SimAnswer.Flaw.TOO_LARGE_FOR_THE_BROKER;
    }

    private void write(Sent sent, boolean isAnswered) {
        try {
            transactions.write(id, epoch, sent.answer());
        } catch (InvalidProducerEpochException e) {
            if (isAnswered) {
                met.note(Meeting.FENCED_WHILE_SENDING);
                fail(sent, e);
            }
            return;
        }
        if (isAnswered) {
            sent.callback()
                    .onCompletion(
                            new RecordMetadata(new TopicPartition(sent.answer().topic(), 0), 0, 0, 0, 0, 0), null);
        }
    }

    private void fail(Sent sent, RuntimeException why) {
        becomeAbortable(why);
        sent.callback().onCompletion(null, why);
    }

    private void becomeAbortable(RuntimeException why) {
        if (state == State.IN_TRANSACTION) {
            state = State.ABORTABLE;
            error = why;
        }
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata membership) {
        failIfPending(Ending.NONE);
        failIfError();
        require(State.IN_TRANSACTION);
        process.elsewhere();
        if (process.faulty && random.nextInt(20) == 0) {
            late = Map.copyOf(offsets);
            timeOut(1, Meeting.OFFSETS_TIMED_OUT_BEFORE);
        }
        if (!group.isMember(membership)) {
            met.note(
                    group.hasMember(membership.memberId())
                            ? Meeting.OFFSETS_OF_AN_OLD_EPOCH
                            : Meeting.OFFSETS_OF_NO_MEMBER);
            becomeAbortable(new CommitFailedException("on purpose: " + membership));
            throw error;
        }
        group.demand(
                consumer.assignment().containsAll(offsets.keySet()),
                () -> "Offsets are committed of partitions that were given up: " + offsets + ", has "
                        + consumer.assignment());
        sent.forEach(answer -> group.demand(
                consumer.holds(group.partitionOf(answer.id()), answer.assignment()),
                () -> "An answer is committed after its assignment has ended: " + answer + ", now "
                        + consumer.assignments));
        try {
            transactions.add(id, epoch, offsets);
        } catch (InvalidProducerEpochException e) {
            throw fenced(Meeting.FENCED_AT_OFFSETS);
        }
        timeOut(20, Meeting.OFFSETS_TIMED_OUT_AFTER);
    }

    @Override
    public void commitTransaction() {
        if (pending != Ending.COMMIT) {
            failIfPending(Ending.COMMIT);
            failIfError();
            require(State.IN_TRANSACTION);
            while (!unsent.isEmpty() && state == State.IN_TRANSACTION) {
                deliver();
            }
            if (state != State.IN_TRANSACTION) {
                met.note(Meeting.COMMIT_FOUND_A_FAILED_RECORD);
                // Kafka's producer throws this one as it is.
                throw error;
            }
            pending = Ending.COMMIT;
            hasArrived = false;
        }
        process.elsewhere();
        timeOut(hasArrived ? 40 : 10, Meeting.COMMIT_TIMED_OUT_BEFORE);
        // Its request is repeated until it is answered.
        end(true, hasArrived ? Meeting.FENCED_AFTER_IT_WAS_COMMITTED : Meeting.FENCED_WHILE_COMMITTING);
        hasArrived = true;
        timeOut(10, Meeting.COMMIT_TIMED_OUT_AFTER);
        pending = Ending.NONE;
        state = State.READY;
    }

    /** What timed out goes on by itself. */
    void goOn() {
        if (state != State.CLOSED && pending == Ending.COMMIT && !hasArrived) {
            try {
                transactions.end(id, epoch, true);
                hasArrived = true;
                met.note(Meeting.COMMIT_ARRIVED_WHILE_NOBODY_ASKED);
            } catch (InvalidProducerEpochException e) {
                // Whoever asks will hear it.
            }
        }
    }

    @Override
    public void abortTransaction() {
        if (pending != Ending.ABORT) {
            failIfPending(Ending.ABORT);
            if (state != State.ABORTABLE) {
                failIfError();
                require(State.IN_TRANSACTION);
            }
            state = State.ABORTABLE;
            error = new TransactionAbortedException("on purpose");
            failUnsent(error);
            pending = Ending.ABORT;
        }
        process.elsewhere();
        if (!late.isEmpty() && random.nextBoolean()) {
            arriveLate();
        }
        timeOut(10, Meeting.ABORT_TIMED_OUT_BEFORE);
        end(false, Meeting.FENCED_WHILE_ABORTING);
        timeOut(15, Meeting.ABORT_TIMED_OUT_AFTER);
        pending = Ending.NONE;
        error = null;
        state = State.READY;
    }

    private void arriveLate() {
        try {
            transactions.add(id, epoch, late);
        } catch (InvalidProducerEpochException e) {
            // Too late.
        }
        late = Map.of();
    }

    private void failUnsent(RuntimeException why) {
        List<Sent> rest = List.copyOf(unsent);
        unsent.clear();
        rest.forEach(sent -> sent.callback().onCompletion(null, why));
    }

    private void end(boolean commit, Meeting whenFenced) {
        try {
            transactions.end(id, epoch, commit);
        } catch (InvalidProducerEpochException e) {
            throw fenced(whenFenced);
        }
    }

    private RuntimeException fenced(Meeting meeting) {
        met.note(meeting);
        state = State.FATAL;
        pending = Ending.NONE;
        if (consumer.revoking) {
            met.note(Meeting.SHUT_OUT_WHILE_REVOKED);
        }
        error = new ProducerFencedException("on purpose: " + id);
        failUnsent(error);
        return error;
    }

    private void failIfPending(Ending wanted) {
        if (pending != Ending.NONE && pending != wanted) {
            group.demand(
                    false,
                    () -> "Cannot go on because the previous call to " + pending + " timed out and must be retried");
        }
    }

    private void failIfError() {
        if (state != State.ABORTABLE && state != State.FATAL) {
            return;
        }
        if (error instanceof ProducerFencedException || error instanceof InvalidProducerEpochException) {
            throw error;
        }
        throw new KafkaException("Cannot execute transactional method because we are in an error state", error);
    }

    private void require(State needed) {
        if (state != needed) {
            // Who commits hears of the end of its loop like that.
            group.demand(state == State.CLOSED, () -> "Invalid transition attempted from state " + state);
            throw new IllegalStateException("Invalid transition attempted from state " + state);
        }
    }

    private void timeOut(int oneIn, Meeting meeting) {
        if (process.faulty && random.nextInt(oneIn) == 0) {
            met.note(meeting);
            process.wait(1 + random.nextInt(LONGEST_TIMEOUT_MILLIS));
            throw new TimeoutException("on purpose: " + meeting);
        }
    }

    @Override
    public void close(Duration timeout) {
        if (state == State.CLOSED) {
            return;
        }
        if (process.dead || timeout.isZero()) {
            // What is open stays so.
        } else if (isUndecided()) {
            if (random.nextBoolean()) {
                goOn();
            }
        } else if (state == State.IN_TRANSACTION || state == State.ABORTABLE) {
            try {
                transactions.end(id, epoch, false);
            } catch (InvalidProducerEpochException e) {
                // It is ended already.
            }
        }
        failUnsent(new KafkaException("Producer is closed forcefully."));
        state = State.CLOSED;
        error = null;
    }
}
