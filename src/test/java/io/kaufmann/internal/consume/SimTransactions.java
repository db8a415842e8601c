package io.kaufmann.internal.consume;

import io.kaufmann.internal.consume.SimMeetings.Meeting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;

/**
 * The broker's coordinator of transactions, the log that they write to, and what is asked of each that is committed. For one thread.
 */
final class SimTransactions {

    private static final long TIMEOUT = Duration.ofSeconds(8).toNanos();

    private final SimGroup group;
    private final SimClock clock;
    private final SimMeetings met;
    private final Map<String, Integer> epochs = new HashMap<>();
    private final Map<String, Transaction> open = new LinkedHashMap<>();
    // By their transactional id: those that ended last, so that who asks again is told.
    private final Map<String, Transaction> last = new HashMap<>();
    private final List<Written> log = new ArrayList<>();

    /** What was written in one. */
    private static final class Transaction {
        final long began;
        final List<SimAnswer> answers = new ArrayList<>();
        final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        boolean committed;

        Transaction(long began) {
            this.began = began;
        }
    }

    private record Written(SimAnswer answer, Transaction transaction) {}

    SimTransactions(SimGroup group, SimClock clock, SimMeetings met) {
        this.group = group;
        this.clock = clock;
        this.met = met;
    }

    /** Shuts out whoever had the id, and aborts what it left open. Gives the epoch of the new one. */
    int init(String id) {
        endOverdue();
        if (open.remove(id) != null) {
            met.note(Meeting.INIT_ENDED_WHAT_WAS_OPEN);
        }
        last.remove(id);
        return epochs.merge(id, 1, Integer::sum);
    }

    private Transaction of(String id, int epoch) {
        return open.computeIfAbsent(checked(id, epoch), some -> new Transaction(clock.now()));
    }

    private String checked(String id, int epoch) {
        endOverdue();
        if (epochs.get(id) != epoch) {
            throw new InvalidProducerEpochException("on purpose: " + id + " has epoch " + epochs.get(id));
        }
        return id;
    }

    void write(String id, int epoch, SimAnswer answer) {
        Transaction transaction = of(id, epoch);
        transaction.answers.add(answer);
        log.add(new Written(answer, transaction));
    }

    /** The caller has checked the membership. */
    void add(String id, int epoch, Map<TopicPartition, OffsetAndMetadata> offsets) {
        of(id, epoch).offsets.putAll(offsets);
    }

    /** Ends the transaction of an id, or finds it ended already. */
    void end(String id, int epoch, boolean commit) {
        Transaction transaction = open.remove(checked(id, epoch));
        if (transaction == null) {
            Transaction before = last.get(id);
            group.demand(
                    !commit || (before != null && before.committed),
                    () -> "a transaction of " + id + " is committed unopened");
            return;
        }
        if (commit) {
            commit(transaction);
        }
        last.put(id, transaction);
    }

    private void commit(Transaction transaction) {
        Map<Long, List<SimAnswer>> byEvent = new LinkedHashMap<>();
        transaction.answers.forEach(answer ->
                byEvent.computeIfAbsent(answer.id(), id -> new ArrayList<>()).add(answer));
        byEvent.forEach((id, answers) -> checkAnswers(id, answers, transaction));
        byEvent.keySet().forEach(group::finish);
        transaction.offsets.forEach(group::take);
        transaction.committed = true;
    }

    private void checkAnswers(long id, List<SimAnswer> answers, Transaction transaction) {
        group.demand(!group.isFinishedId(id), () -> "Event " + id + " is answered twice: " + answers);
        // What had to wait for its topic is kept after what had not.
        answers.sort(Comparator.comparing(SimAnswer::index));
        SimAnswer first = answers.get(0);
        group.demand(answers.size() == first.count(), () -> "Event " + id + " is not wholly answered: " + answers);
        for (int i = 0; i < answers.size(); i++) {
            SimAnswer expected = new SimAnswer(id, first.isError(), i, first.count(), first.assignment());
            group.demand(
                    expected.equals(answers.get(i)),
                    () -> "Event " + id + " is not answered by one outcome: " + answers);
        }
        SimLog.Entry event = group.entry(id).orElseThrow(() -> new AssertionError("Event " + id + " is unknown"));
        OffsetAndMetadata commit = transaction.offsets.get(group.partitionOf(id));
        group.demand(
                commit != null && event.offset() < commit.offset(),
                () -> "The answers of " + event + " are committed without its offset: " + transaction.offsets);
        group.demand(
                !first.isError() || group.mayBeAnError(id),
                () -> "Event " + id + " is answered by an error for nothing");
        if (first.isError()) {
            met.note(Meeting.ENDED_AS_AN_ERROR_EVENT);
        }
    }

    /** Aborts what has been open for too long, and shuts its producer out. */
    void endOverdue() {
        for (String id : List.copyOf(open.keySet())) {
            if (clock.now() - open.get(id).began > TIMEOUT) {
                open.remove(id);
                last.remove(id);
                epochs.merge(id, 1, Integer::sum);
                met.note(Meeting.TRANSACTION_TIMED_OUT);
            }
        }
    }

    /** How far a transaction that is open would commit a partition. */
    Optional<Long> pending(TopicPartition partition) {
        endOverdue();
        return open.values().stream()
                .flatMap(transaction -> Stream.ofNullable(transaction.offsets.get(partition)))
                .map(OffsetAndMetadata::offset)
                .max(Long::compare);
    }

    boolean isOpen(String id) {
        return open.containsKey(id);
    }

    /** Of the committed answers, those of each partition come in the order of its events. */
    long checkOrder() {
        Map<TopicPartition, Long> lastOffset = new HashMap<>();
        long trace = 17;
        for (Written written : log) {
            // What a cut took from its log has no order any more.
            Optional<SimLog.Entry> event = group.entry(written.answer().id());
            if (written.transaction().committed && event.isPresent()) {
                TopicPartition partition = group.partitionOf(written.answer().id());
                Long before = lastOffset.put(partition, event.get().offset());
                group.demand(
                        before == null || before <= event.get().offset(),
                        () -> "The answer of offset " + before + " comes before that of " + event.get() + " in "
                                + partition);
                trace = trace * 31 + written.answer().hashCode();
            }
        }
        return trace;
    }
}
