package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.longer;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.handoff.Transactions.Result;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished, together with what came of it, in transactions: of each partition what is finished in turn. At most one
 * is on its way. In the course of things its own thread waits for the broker, so that reading goes on; whoever gives partitions up waits
 * here until it is over. Consumer thread only, except what is marked.
 */
final class TransactionCommitter implements Committer {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionCommitter.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    // Of a transaction that is on its way: each of its requests has a time-out of its own, some seconds.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Tally tally;

    private final Spoilers spoilers = new Spoilers();
    private long lastNanos;
    // What is in the transaction that nobody can tell of yet.
    private List<FinishedRun> undecided = List.of();
    // One partition that cannot be committed fails the transaction of all, so that while one does, each has its own.
    private boolean apart;

    // Written by the consumer thread, read by any.
    private volatile Optional<OnItsWay> onItsWay = Optional.empty();
    private final CommitFailures failures;

    /** A transaction that its thread is at, what it takes, and since when. */
    private record OnItsWay(List<FinishedRun> runs, CompletableFuture<Result> result, long sinceNanos) {}

    /**
     * When to commit.
     *
     * @param interval so much time lies between two transactions at least, unless much has gathered
     * @param threshold how many finished events are much, beside a partition's share of the room
     * @param whenAnswered wakes the consumer thread, from any
     */
    record Rhythm(Duration interval, long threshold, Runnable whenAnswered) {}

    TransactionCommitter(
            Consumer<byte[], byte[]> consumer, Transactions transactions, Rhythm rhythm, Clock clock, Tally tally) {
        this.consumer = consumer;
        this.transactions = transactions;
        this.rhythm = rhythm;
        this.clock = clock;
        this.tally = tally;
        // The first event is not to wait.
        this.lastNanos = clock.nanos() - rhythm.interval().toNanos();
        this.failures = new CommitFailures(
                clock, LOG, "A transaction was not committed; the answers of its events are kept and tried again.");
    }

    @Override
    public void open() {
        // One that is on its way has opened it.
        if (onItsWay.isEmpty()) {
            transactions.open();
        }
    }

    @Override
    public void close() {
        var unused = transactions.finish(LAST_REQUESTS);
        transactions.close();
    }

    @Override
    public Duration untilDue() {
        Duration interval = failures.areOthers() ? longer(rhythm.interval(), BEFORE_NEXT_TRY) : rhythm.interval();
        Duration left = interval.minus(clock.since(lastNanos));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean awaitsAnEnd() {
        return onItsWay.isEmpty() && untilDue().isZero();
    }

    @Override
    public boolean isAnswered() {
        return onItsWay.filter(present -> present.result().isDone()).isPresent();
    }

    @Override
    public boolean isOnItsWay() {
        // Its answer wakes the consumer thread.
        return false;
    }

    @Override
    public boolean isRebalancing() {
        return failures.isRebalancing();
    }

    @Override
    public void commitIfDue(Collection<PartitionLoop> partitions) {
        if (onItsWay.isPresent() && !isAnswered()) {
            return;
        }
        Fate last = takeAnswer();
        if (last == Fate.REFUSED) {
            var unused = commitNow(partitions, Duration.ZERO);
        } else if (isDue(partitions) && hasNews(partitions)) {
            lastNanos = clock.nanos();
            begin(partitions);
        }
    }

    private boolean isDue(Collection<PartitionLoop> partitions) {
        if (untilDue().isZero()) {
            return true;
        }
        long uncommitted =
                partitions.stream().mapToLong(PartitionLoop::uncommitted).sum();
        // While they fail there is more and more to commit, and each turn would try.
        return !failures.areOthers()
                && !failures.isRebalancing()
                && (uncommitted >= rhythm.threshold() || partitions.stream().anyMatch(PartitionLoop::isFullOfFinished));
    }

    /** Whether anything has ended: with nothing, the next end is awaited, to be committed at once. */
    private boolean hasNews(Collection<PartitionLoop> partitions) {
        return !undecided.isEmpty() || partitions.stream().anyMatch(PartitionLoop::hasFinished);
    }

    private void begin(Collection<PartitionLoop> partitions) {
        if (!undecided.isEmpty()) {
            begin(undecided, transactions::decide);
        } else if (apart || spoilers.areThere()) {
            var unused = commitNow(partitions, Duration.ZERO);
        } else {
            List<FinishedRun> runs = finishedRuns(partitions);
            if (!runs.isEmpty()) {
                Transactions.Batch batch = batch(runs);
                begin(runs, () -> transactions.commit(batch));
            }
        }
    }

    private void begin(List<FinishedRun> runs, Supplier<Result> task) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        onItsWay = Optional.of(new OnItsWay(runs, result, clock.nanos()));
        transactions.run(() -> {
            try {
                result.complete(task.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
            rhythm.whenAnswered().run();
        });
    }

    /** Takes what has become of the one that was on its way and is answered, if there is one. */
    private Fate takeAnswer() {
        Optional<OnItsWay> answered = onItsWay;
        onItsWay = Optional.empty();
        if (answered.isEmpty()) {
            return Fate.COMMITTED;
        }
        Fate fate;
        try {
            fate = take(answered.get().result().join(), answered.get().runs());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
        }
        if (fate == Fate.COMMITTED) {
            failures.end();
        }
        return fate;
    }

    @Override
    public boolean commitNow(Collection<PartitionLoop> partitions, Duration timeout) {
        Deadline deadline = Deadline.in(timeout, clock);
        if (onItsWay.isPresent()) {
            if (!transactions.finish(LONGEST_WAIT)) {
                return false;
            }
            takeAnswer();
        }
        while (!undecided.isEmpty()) {
            if (take(transactions.decide(), undecided) == Fate.FAILED && deadline.isOver()) {
                return false;
            }
        }
        boolean all = commitAll(partitions);
        for (PartitionLoop partition : partitions) {
            all &= commitSuspects(partition);
        }
        if (all) {
            failures.end();
            apart = false;
        }
        return all;
    }

    /** Commits suspects, each alone, and what was left out behind it. */
    private boolean commitSuspects(PartitionLoop partition) {
        Optional<FinishedRun> suspect = partition.firstFinished().filter(spoilers::isSuspect);
        while (suspect.isPresent()) {
            if (!undecided.isEmpty()
                    || commit(List.of(suspect.get())) == Fate.FAILED
                    || !commitAll(List.of(partition))) {
                return false;
            }
            suspect = partition.firstFinished().filter(spoilers::isSuspect);
        }
        return true;
    }

    /** Commits what is finished, but for suspects and what follows them. */
    private boolean commitAll(Collection<PartitionLoop> partitions) {
        Set<Fate> fates = EnumSet.of(Fate.REFUSED);
        // With fewer in it, what was refused may well be committed.
        while (fates.contains(Fate.REFUSED) && undecided.isEmpty()) {
            fates.clear();
            for (List<FinishedRun> part : parts(finishedRuns(partitions))) {
                fates.add(undecided.isEmpty() ? commit(part) : Fate.FAILED);
            }
        }
        return undecided.isEmpty() && !fates.contains(Fate.FAILED);
    }

    private List<FinishedRun> finishedRuns(Collection<PartitionLoop> partitions) {
        return partitions.stream()
                .flatMap(partition -> partition.finishedRun(spoilers::isInnocent).stream())
                .toList();
    }

    private List<List<FinishedRun>> parts(List<FinishedRun> runs) {
        if (apart) {
            return runs.stream().map(List::of).toList();
        }
        return runs.isEmpty() ? List.of() : List.of(runs);
    }

    private Fate commit(List<FinishedRun> runs) {
        return take(transactions.commit(batch(runs)), runs);
    }

    private Transactions.Batch batch(List<FinishedRun> runs) {
        List<Delivery> deliveries =
                runs.stream().flatMap(run -> run.deliveries().stream()).toList();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        runs.forEach(run -> offsets.put(run.partition().partition(), run.commit()));
        return new Transactions.Batch(deliveries, offsets, consumer.groupMetadata());
    }

    /** What is to be done with the runs of a transaction. */
    private enum Fate {
        COMMITTED,
        /** Some of it can never be, the rest can be tried at once. */
        REFUSED,
        FAILED
    }

    private Fate take(Result result, List<FinishedRun> runs) {
        undecided = result instanceof Transactions.Undecided ? runs : List.of();
        tally.committed(
                runs.stream().map(run -> run.partition().partition()).collect(Collectors.toSet()),
                !(result instanceof Transactions.Committed));
        if (result instanceof Transactions.Committed) {
            runs.forEach(FinishedRun::committed);
            spoilers.committed(runs);
            return Fate.COMMITTED;
        }
        if (result instanceof Transactions.Refused refused) {
            refused.refusals().forEach(refusal -> spoilers.refused(refusal, runs));
            return Fate.REFUSED;
        }
        if (result instanceof Transactions.ShutOut shutOut) {
            throw RefusedException.shutOut(shutOut.reason());
        }
        if (result instanceof Transactions.NotCommitted not) {
            failed(not.reason(), runs.size() > 1);
        } else if (result instanceof Transactions.Undecided open) {
            failures.note(open.reason());
        }
        return Fate.FAILED;
    }

    private void failed(KafkaException error, boolean several) {
        if (error instanceof FencedInstanceIdException) {
            // The consumer is of no use any more.
            throw error;
        }
        failures.note(error);
        apart |= several && !CommitFailures.isOfTheGroup(error) && !PassingErrors.isOne(error);
    }

    @Override
    public void forget(PartitionLoop partition) {
        spoilers.forget(partition);
    }

    @Override
    public Optional<Trouble> trouble() {
        return failures.trouble(onItsWay.map(present -> clock.since(present.sinceNanos())));
    }
}
