package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.longer;
import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.handoff.Transactions.Result;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
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
    // For events that spoil transactions to be found, once some have.
    private static final Duration LONGEST_HUNT = Duration.ofSeconds(5);
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final Rhythm rhythm;
    private final Clock clock;
    private final Tally tally;

    private final Spoilers spoilers = new Spoilers();
    private long lastNanos;
    // When the transaction was begun that is on its way, or not decided yet.
    private long beganNanos;
    // What is in the transaction that nobody can tell of yet.
    private List<FinishedRun> undecided = List.of();
    // Whether something has ended that is not in a transaction yet.
    private boolean hasNews;
    private final Laggards laggards;

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
        this.laggards = new Laggards(clock);
        // The first event is not to wait.
        this.lastNanos = clock.nanos() - rhythm.interval().toNanos();
        this.failures = new CommitFailures(
                clock, LOG, "A transaction was not committed; the answers of its events are kept and tried again.");
    }

    @Override
    public void open() {
        // One that is on its way has opened it.
        if (onItsWay.isPresent()) {
            return;
        }
        try {
            transactions.open();
        } catch (ProducerFencedException e) {
            throw RefusedException.shutOut(e);
        }
    }

    @Override
    public void close() {
        var unused = transactions.finish(LAST_REQUESTS);
        transactions.close();
    }

    @Override
    public Duration longestPoll(Duration longest) {
        return hasNews && onItsWay.isEmpty() ? shorter(untilDue(), longest) : longest;
    }

    private Duration untilDue() {
        Duration interval = failures.areOthers() && laggards.areNone()
                ? longer(rhythm.interval(), BEFORE_NEXT_TRY)
                : rhythm.interval();
        Duration left = interval.minus(clock.since(lastNanos));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean awaitsAnEnd() {
        return onItsWay.isEmpty() && !hasNews;
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
        if (takeAnswer() == Fate.REFUSED) {
            var unused = commitNow(partitions, LONGEST_HUNT);
        }
        hasNews = !undecided.isEmpty() || partitions.stream().anyMatch(PartitionLoop::hasFinished);
        if (!isDue(partitions)) {
            return;
        }
        if (hasNews) {
            lastNanos = clock.nanos();
            begin(partitions);
        } else {
            succeeded();
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

    private void begin(Collection<PartitionLoop> partitions) {
        if (!undecided.isEmpty()) {
            begin(undecided, transactions::decide);
        } else if (spoilers.areThere()) {
            var unused = commitNow(partitions, LONGEST_HUNT);
        } else {
            List<FinishedRun> runs = laggards.next(finishedRuns(partitions));
            if (!runs.isEmpty()) {
                Transactions.Batch batch = batch(runs);
                beganNanos = lastNanos;
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
        if (fate == Fate.COMMITTED && laggards.areNone()) {
            failures.end();
        }
        return fate;
    }

    /** There is nothing more to be committed. */
    private void succeeded() {
        failures.end();
        laggards.clear();
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
        boolean all = commitAll(partitions, deadline);
        if (spoilers.areThere()) {
            for (PartitionLoop partition : partitions) {
                all = all && commitSuspects(partition, deadline);
            }
        }
        if (all) {
            succeeded();
        }
        return all;
    }

    /** Commits suspects, each alone, and what was left out behind it. */
    private boolean commitSuspects(PartitionLoop partition, Deadline deadline) {
        Optional<FinishedRun> suspect = partition.firstFinished().filter(spoilers::isSuspect);
        while (suspect.isPresent()) {
            if (deadline.isOver()
                    || commit(List.of(suspect.get())) == Fate.FAILED
                    || !commitAll(List.of(partition), deadline)) {
                return false;
            }
            suspect = partition.firstFinished().filter(spoilers::isSuspect);
        }
        return true;
    }

    /** Commits what is finished, but for suspects and what follows them: laggards alone, as far as there is time. */
    private boolean commitAll(Collection<PartitionLoop> partitions, Deadline deadline) {
        Fate fate = Fate.REFUSED;
        // With fewer in it, what was refused may well be committed.
        while (fate == Fate.REFUSED) {
            List<FinishedRun> runs = laggards.without(finishedRuns(partitions));
            fate = runs.isEmpty() ? Fate.COMMITTED : commit(runs);
        }
        boolean all = fate == Fate.COMMITTED;
        for (FinishedRun run : laggards.among(finishedRuns(partitions))) {
            all &= undecided.isEmpty() && !deadline.isOver() && commit(List.of(run)) == Fate.COMMITTED;
        }
        return all;
    }

    private List<FinishedRun> finishedRuns(Collection<PartitionLoop> partitions) {
        return partitions.stream()
                .flatMap(partition -> partition.finishedRun(spoilers::isInnocent).stream())
                .toList();
    }

    private Fate commit(List<FinishedRun> runs) {
        beganNanos = clock.nanos();
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
            laggards.committed(runs);
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
            failed(not.reason(), runs);
        } else if (result instanceof Transactions.Undecided open) {
            failures.note(open.reason());
        }
        return Fate.FAILED;
    }

    private void failed(KafkaException error, List<FinishedRun> runs) {
        if (error instanceof FencedInstanceIdException) {
            // The consumer is of no use any more.
            throw error;
        }
        failures.note(error);
        if (!CommitFailures.isOfTheGroup(error)) {
            laggards.failed(runs, clock.since(beganNanos));
        }
    }

    @Override
    public void forget(PartitionLoop partition) {
        spoilers.forget(partition);
        laggards.forget(partition);
    }

    @Override
    public Optional<Trouble> trouble() {
        return failures.trouble(onItsWay.map(present -> clock.since(present.sinceNanos())));
    }
}
