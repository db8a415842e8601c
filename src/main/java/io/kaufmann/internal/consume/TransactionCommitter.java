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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what is finished, together with what came of it, in transactions: of each partition what is finished in turn. At most one
 * is on its way, and only while this is at work, unless nobody can tell what has become of it. Consumer thread only.
 *
 * <p>An answer that can never be written spoils its transaction. Whose it is, the producer tells only roughly: the event that it names is
 * left out at first, and then tried alone, which proves it. So each try makes some progress, and one event cannot spoil others for ever.
 */
final class TransactionCommitter implements Committer {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionCommitter.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_REBALANCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(10_000);

    private final Consumer<byte[], byte[]> consumer;
    private final Transactions transactions;
    private final Duration interval;
    private final long threshold;
    private final Clock clock;
    private final Tally tally;

    private long lastNanos;
    // Events that may have spoiled a transaction, to be tried alone; and those that have, and could not go on as
    // failed.
    private final Set<Delivery> suspects = new HashSet<>();
    private final Set<Delivery> guilty = new HashSet<>();
    // What is in the transaction that nobody can tell of yet.
    private List<FinishedRun> undecided = List.of();
    // One partition that cannot be committed fails the transaction of all, so that while one does, each has its own.
    private boolean apart;
    private boolean told;
    private long lastToldNanos;

    // Any thread.
    private final FailureStreak failures;
    private final FailureStreak rebalances;

    TransactionCommitter(
            Consumer<byte[], byte[]> consumer,
            Transactions transactions,
            LoopSettings settings,
            Clock clock,
            Tally tally) {
        this.consumer = consumer;
        this.transactions = transactions;
        this.interval = settings.commitInterval();
        this.threshold = Math.min(settings.commitThreshold(), Math.max(1, settings.maxUncommitted() / 2));
        this.clock = clock;
        this.tally = tally;
        // The first event is not to wait.
        this.lastNanos = clock.nanos() - interval.toNanos();
        this.failures = new FailureStreak(clock, FOREVER);
        this.rebalances = new FailureStreak(clock, FOREVER);
    }

    @Override
    public void open() {
        transactions.open();
    }

    @Override
    public void close() {
        transactions.close();
    }

    @Override
    public Duration untilDue() {
        boolean isFailing = failures.trouble().isPresent();
        Duration left = (isFailing ? longer(interval, BEFORE_NEXT_TRY) : interval).minus(clock.since(lastNanos));
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean awaitsAnEnd() {
        return untilDue().isZero();
    }

    @Override
    public boolean isOnItsWay() {
        return false;
    }

    @Override
    public boolean isRebalancing() {
        return rebalances.trouble().isPresent();
    }

    private boolean isFailing() {
        return failures.trouble().isPresent() || isRebalancing();
    }

    @Override
    public void commitIfDue(Collection<PartitionLoop> partitions) {
        if (!isDue(partitions) || !hasNews(partitions)) {
            return;
        }
        var unused = commitNow(partitions, Duration.ZERO);
        lastNanos = clock.nanos();
    }

    private boolean isDue(Collection<PartitionLoop> partitions) {
        return untilDue().isZero()
                || (!isFailing()
                        && (partitions.stream().anyMatch(PartitionLoop::isFullOfFinished)
                                || partitions.stream()
                                                .mapToLong(PartitionLoop::uncommitted)
                                                .sum()
                                        >= threshold));
    }

    /** Whether anything has ended: with nothing, the next end is awaited, to be committed at once. */
    private boolean hasNews(Collection<PartitionLoop> partitions) {
        return !undecided.isEmpty() || partitions.stream().anyMatch(PartitionLoop::hasFinished);
    }

    @Override
    public boolean commitNow(Collection<PartitionLoop> partitions, Duration timeout) {
        Deadline deadline = Deadline.in(timeout, clock);
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
            rebalances.end();
            apart = false;
        }
        return all;
    }

    /** Commits suspects, each alone, and what was left out behind it. */
    private boolean commitSuspects(PartitionLoop partition) {
        Optional<FinishedRun> suspect = suspectAtFirst(partition);
        while (suspect.isPresent()) {
            if (!undecided.isEmpty() || commit(List.of(suspect.get())) == Fate.FAILED) {
                return false;
            }
            if (!commitAll(List.of(partition))) {
                return false;
            }
            suspect = suspectAtFirst(partition);
        }
        return true;
    }

    private Optional<FinishedRun> suspectAtFirst(PartitionLoop partition) {
        return partition.firstFinished().filter(run -> run.deliveries().stream().anyMatch(suspects::contains));
    }

    /** Commits what is finished, but for suspects and what follows them. */
    private boolean commitAll(Collection<PartitionLoop> partitions) {
        Predicate<Delivery> innocent = delivery -> !suspects.contains(delivery) && !guilty.contains(delivery);
        Set<Fate> fates = EnumSet.of(Fate.REFUSED);
        // With fewer in it, what was refused may well be committed.
        while (fates.contains(Fate.REFUSED) && undecided.isEmpty()) {
            List<FinishedRun> runs = partitions.stream()
                    .flatMap(partition -> partition.finishedRun(innocent).stream())
                    .toList();
            fates.clear();
            for (List<FinishedRun> part : parts(runs)) {
                fates.add(undecided.isEmpty() ? commit(part) : Fate.FAILED);
            }
        }
        return undecided.isEmpty() && !fates.contains(Fate.FAILED);
    }

    private List<List<FinishedRun>> parts(List<FinishedRun> runs) {
        if (apart) {
            return runs.stream().map(List::of).toList();
        }
        return runs.isEmpty() ? List.of() : List.of(runs);
    }

    private Fate commit(List<FinishedRun> runs) {
        List<Delivery> deliveries =
                runs.stream().flatMap(run -> run.deliveries().stream()).toList();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        runs.forEach(run -> offsets.put(run.partition().partition(), run.commit()));
        return take(transactions.commit(new Transactions.Batch(deliveries, offsets, consumer.groupMetadata())), runs);
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
            runs.forEach(run -> run.deliveries().forEach(suspects::remove));
            return Fate.COMMITTED;
        }
        if (result instanceof Transactions.Refused refused) {
            refused.refusals().forEach(refusal -> note(refusal, runs));
            return Fate.REFUSED;
        }
        if (result instanceof Transactions.ShutOut shutOut) {
            throw RefusedException.shutOut(shutOut.reason());
        }
        if (result instanceof Transactions.NotCommitted not) {
            failed(not.reason(), runs.size() > 1);
        } else if (result instanceof Transactions.Undecided open) {
            report(open.reason());
        }
        return Fate.FAILED;
    }

    private void note(Transactions.Refusal refusal, List<FinishedRun> runs) {
        long together = runs.stream().mapToLong(run -> run.deliveries().size()).sum();
        if (!refusal.isProven() && together > 1) {
            suspects.add(refusal.delivery());
            return;
        }
        suspects.remove(refusal.delivery());
        runs.stream()
                .map(FinishedRun::partition)
                .filter(partition ->
                        partition.assignment() == refusal.delivery().assignment())
                .filter(partition -> partition.reopen(refusal.delivery(), refusal.answer(), refusal.error())
                        == PartitionLoop.Reopened.TOO_LATE)
                .forEach(partition -> guilty.add(refusal.delivery()));
    }

    /** Partitions are given up: nothing of them is to be committed any more. */
    @Override
    public void forget(PartitionLoop partition) {
        suspects.removeIf(delivery -> delivery.assignment() == partition.assignment());
        guilty.removeIf(delivery -> delivery.assignment() == partition.assignment());
    }

    private void failed(KafkaException error, boolean several) {
        if (error instanceof FencedInstanceIdException) {
            // The consumer is of no use any more.
            throw error;
        }
        report(error);
        apart |= several && !isOfTheGroup(error) && !PassingErrors.isOne(error);
    }

    private static boolean isOfTheGroup(KafkaException error) {
        return error instanceof RebalanceInProgressException || error instanceof CommitFailedException;
    }

    @Override
    public Optional<Trouble> trouble() {
        // While a group rebalances nobody can commit, which is no trouble of this consumer, unless it never ends.
        return failures.trouble()
                .or(() ->
                        rebalances.trouble().filter(trouble -> trouble.lasting().compareTo(LONGEST_REBALANCE) > 0));
    }

    private void report(KafkaException error) {
        if (isOfTheGroup(error)) {
            // No loss: a partition that stays is committed later, one that goes is committed as it is given up.
            rebalances.note(error.toString());
            LOG.debug("A transaction was not committed because the group is rebalancing: {}", error.getMessage());
            return;
        }
        rebalances.end();
        failures.note(error.toString());
        if (!told || clock.since(lastToldNanos).compareTo(BETWEEN_WARNINGS) >= 0) {
            told = true;
            lastToldNanos = clock.nanos();
            LOG.warn(
                    "A transaction was not committed; the answers of its events are kept and tried again. {}",
                    error.toString());
        }
    }
}
