package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.longer;
import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.ReadyLanes;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.telemetry.Telemetry.Rebalanced.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one Kafka consumer. Each turn of it:
 *
 * <ol>
 *   <li>settle: take the deliveries that have ended into their partitions' progress;
 *   <li>commit: what is finished, when it is due;
 *   <li>start: find where newly assigned partitions are read from;
 *   <li>hand out: give records to the workers, as far as there is room;
 *   <li>pause: fetch only while there is room, and only for partitions whose records are all handed out;
 *   <li>poll, and keep what it brings with its partition.
 * </ol>
 *
 * <p>It never waits for a worker but when it gives partitions up, and then for a bounded time. Everything it holds is the
 * consumer thread's alone, except what is marked.
 */
public final class ConsumerLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLoop.class);

    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration POLL_WITHOUT_PARTITIONS = Duration.ofMillis(50);
    private static final Duration POLL_FOR_AN_ANSWER = Duration.ofMillis(5);
    private static final Duration BRIEFLY = Duration.ofMillis(100);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    // At the end: the last commit, and the close.
    private static final Duration LAST_REQUESTS = Duration.ofSeconds(5);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_BEFORE_NEXT_TRY = Duration.ofSeconds(20);
    // What a transaction has left open, which is over soon, keeps its partitions from starting: others shall not wait
    // for them.
    private static final Duration BRIEF_START = Duration.ofSeconds(2);
    private static final Duration LONGEST_BETWEEN_FAILURES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_FORBIDDEN = Duration.ofMillis(10);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(1);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final LoopSettings settings;
    private final boolean exactlyOnce;
    private final Flights flights;
    private final Tally tally;
    private final Clock clock;
    private final Consumer<Throwable> onFailure;

    private final PartitionLoops partitions;
    // Since when.
    private final Map<TopicPartition, Long> starting = new HashMap<>();
    private Deadline startAgain;
    // Why it must end, found where that cannot be said.
    private Optional<RefusedException> refusal = Optional.empty();
    private Duration beforeNextStart = BEFORE_NEXT_TRY;
    private final ForbiddenTopics forbidden;
    private final Fetching fetching;
    private final Drain drain;
    private final StartPositions startPositions;
    private final Committer committer;
    private final InFlight inFlight;
    private final PartitionLoop.Handout handout;

    // Any thread.
    private final Wakeups wakeups;
    private final Completions completions;
    private volatile Deadline stopBy;
    private final FailureStreak failures;
    private volatile long turnNanos;
    private volatile Report report;

    /**
     * How the partitions do, as the loop last looked. Immutable.
     *
     * @param nanos when that was
     * @param joined whether the group has taken the consumer in
     * @param partitions the partitions that it reads
     * @param starting those that it is yet to read, and since when it has been given them
     */
    private record Report(
            long nanos, boolean joined, List<PartitionReport> partitions, Map<TopicPartition, Long> starting) {}

    /**
     * What a loop has of Kafka, which it closes in the end.
     *
     * @param consumer its consumer
     * @param transactions what it commits by; empty when it commits offsets alone
     */
    public record Clients(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, Optional<Transactions> transactions) {

        /** A consumer that commits offsets alone. */
        public static Clients of(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
            return new Clients(consumer, Optional.empty());
        }
    }

    /**
     * A loop over clients of its own, not subscribed yet.
     *
     * @param clients what it has of Kafka
     * @param settings what it reads and how
     * @param handoff what it hands records out with
     * @param clock tells the time
     * @param onFailure hears of an error that ends the loop
     */
    public ConsumerLoop(
            Clients clients, LoopSettings settings, Handoff handoff, Clock clock, Consumer<Throwable> onFailure) {
        this.consumer = clients.consumer();
        this.settings = settings;
        this.exactlyOnce = clients.transactions().isPresent();
        this.flights = handoff.flights();
        this.tally = handoff.tally();
        this.clock = clock;
        this.onFailure = onFailure;
        this.startAgain = Deadline.in(Duration.ZERO, clock);
        this.wakeups = new Wakeups(consumer);
        this.completions = new Completions(wakeups::wake);
        this.drain = new Drain(completions, this::settle, this::isStopOver);
        this.startPositions = new StartPositions(
                consumer, settings.fromEarliest(), exactlyOnce ? BRIEF_START : REQUEST_TIMEOUT, clock);
        ReadyLanes ready = handoff.shares().readyLanes();
        this.inFlight = new InFlight(settings.maxInFlightEvents(), settings.maxInFlightBytes());
        this.committer = clients.transactions().<Committer>map(this::committing).orElseGet(this::committingOffsets);
        this.forbidden = new ForbiddenTopics(consumer, clock);
        this.fetching = new Fetching(consumer, inFlight, forbidden, handoff.tally());
        this.partitions = new PartitionLoops(inFlight, ready);
        this.handout = new PartitionLoop.Handout(
                handoff,
                settings.lanes(),
                completions,
                inFlight,
                settings.maxUncommitted(),
                clock,
                ready,
                settings.replays(),
                exactlyOnce);
        this.failures = new FailureStreak(clock, LONGEST_BETWEEN_FAILURES);
        this.turnNanos = clock.nanos();
        tally.telemetry().opened(consumer);
        this.report = new Report(turnNanos, false, List.of(), Map.of());
    }

    @Override
    public void run() {
        try {
            subscribe();
            while (stopBy == null) {
                LockSupport.parkNanos(tryTurn().toNanos());
            }
            leave(stopBy);
        } catch (Throwable e) {
            try {
                letGoOfAll();
            } finally {
                onFailure.accept(e);
            }
        } finally {
            close();
        }
    }

    /** Asks the loop to finish what runs until then, commit and end. Any thread. */
    public void stop(Deadline deadline) {
        stopBy = deadline;
        wakeups.wake();
    }

    /**
     * Gets ready to commit, before it runs.
     *
     * @throws KafkaException when it cannot
     */
    public void open() {
        committer.open();
    }

    void subscribe() {
        consumer.subscribe(settings.topics(), new Rebalance());
    }

    /** One turn, which may fail by an error that passes; tells how long to wait before the next. */
    Duration tryTurn() {
        try {
            turn();
            return Duration.ZERO;
        } catch (KafkaException e) {
            if (!PassingErrors.isOne(e)) {
                throw e;
            }
            return afterFailure(e);
        }
    }

    private Duration afterFailure(KafkaException error) {
        Set<String> topics =
                error instanceof TopicAuthorizationException forbidding ? forbidding.unauthorizedTopics() : Set.of();
        boolean isNews = topics.isEmpty() ? failures.note(error.toString()) : forbidden.add(topics);
        if (isNews) {
            LOG.warn(
                    "{} could not go on with its turn and tries again until it can: {}",
                    Thread.currentThread().getName(),
                    error.toString());
        }
        // Each partition of a topic that may not be read fails a poll.
        return topics.isEmpty() ? BEFORE_NEXT_TRY : BETWEEN_FORBIDDEN;
    }

    /** One turn. */
    void turn() {
        turnNanos = clock.nanos();
        tally.lookAtTheTime(turnNanos, clock.millis());
        completions.drain(this::settle);
        wakeups.calmly(() -> {
            committer.commitIfDue(partitions.all());
            forbidden.review();
            return null;
        });
        start();
        partitions.handOut();
        fetching.adjust(partitions.all());
        reportIfDue();
        receive(poll());
        failIfRefused();
    }

    private void failIfRefused() {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** When its last turn began. Any thread. */
    public long turnNanos() {
        return turnNanos;
    }

    /** Its turns fail, for most of them or all. Any thread. */
    public Optional<Trouble> failing() {
        return failures.trouble().or(forbidden::trouble);
    }

    /** What is finished cannot be committed. Any thread. */
    public Optional<Trouble> uncommitted() {
        return committer.trouble();
    }

    /** How its partitions do, not longer ago than a second or so unless the loop is stuck. Any thread. */
    public List<PartitionReport> reports() {
        return report.partitions();
    }

    /** Whether the group has taken the consumer in. Any thread. */
    public boolean hasJoined() {
        return report.joined();
    }

    /** The partitions that it was given and does not read yet, and since when. Any thread. */
    public Map<TopicPartition, Long> waitingToStart() {
        return report.starting();
    }

    private void reportIfDue() {
        if (clock.since(report.nanos()).compareTo(BETWEEN_REPORTS) >= 0) {
            report = new Report(
                    clock.nanos(),
                    consumer.groupMetadata().generationId() >= 0,
                    partitions.all().stream().map(PartitionLoop::report).toList(),
                    Map.copyOf(starting));
        }
    }

    private Committer committing(Transactions transactions) {
        return new TransactionCommitter(
                consumer,
                transactions,
                new TransactionCommitter.Rhythm(settings.commitInterval(), threshold(), wakeups::wake),
                clock,
                tally);
    }

    private Committer committingOffsets() {
        return new OffsetCommitter(
                consumer,
                new OffsetCommitter.Rhythm(
                        settings.commitInterval(), threshold(), settings.commitWaits(), settings.gapMapLimit()),
                clock,
                tally);
    }

    /** What is committed gives room to read on. */
    private long threshold() {
        return Math.min(settings.commitThreshold(), Math.max(1, settings.maxUncommitted() / 2));
    }

    private void settle(Delivery delivery) {
        Optional<PartitionLoop> partition = partitions
                .get(delivery.assignment().partition())
                .filter(loop -> loop.assignment() == delivery.assignment());
        boolean isKept = exactlyOnce && delivery.outcome() == Outcome.DONE;
        if (isKept && partition.isPresent()) {
            partition.get().keep(delivery);
            return;
        }
        inFlight.remove(delivery);
        if (exactlyOnce) {
            delivery.forgetKept();
        }
        if (isKept) {
            // It was finished when its partition was another's already.
            tally.dropped(delivery);
        } else {
            tally.finished(delivery);
        }
        partition.ifPresent(loop -> loop.settle(delivery));
    }

    private void start() {
        if (starting.isEmpty() || !startAgain.isOver()) {
            return;
        }
        // One that another loop of this service has yet to give up follows in a later turn.
        Set<TopicPartition> claimed = new HashSet<>(starting.keySet());
        claimed.removeIf(partition -> !flights.claim(partition, this));
        if (claimed.isEmpty()) {
            return;
        }
        try {
            // Whoever was here before must not commit any more, and what it left open must be over.
            committer.open();
            StartPositions.Prepared prepared = wakeups.calmly(() -> startPositions.prepare(claimed));
            prepared.starts().forEach((partition, start) -> {
                refuseReplay(partition, start);
                partitions.add(new PartitionLoop(partition, start, handout));
            });
            starting.keySet().removeAll(prepared.starts().keySet());
            if (!prepared.starts().isEmpty()) {
                LOG.info(
                        "{} now reads {} too",
                        Thread.currentThread().getName(),
                        prepared.starts().keySet());
            }
            prepared.failure().ifPresent(this::startAgainAfter);
        } catch (KafkaException e) {
            if (!PassingErrors.isOne(e)) {
                throw e;
            }
            startAgainAfter(e);
        }
    }

    /** What lies between was answered before, and would be once more; and where the service had come to would be lost. */
    private void refuseReplay(TopicPartition partition, StartPosition start) {
        if (!settings.replays() && start.metadata().until().orElse(0) > start.offset()) {
            throw new IllegalStateException(
                    "A replay of " + partition + " stopped at offset " + start.offset()
                            + " before its end at " + start.metadata().until().getAsLong()
                            + ", and a service would answer once more what was answered before. Finish it (reinit-service --resume), or give"
                            + " it up and go on where the service had come to (reinit-service --from committed --to committed)");
        }
    }

    /**
     * The turn goes on to its poll: without one the consumer would not join its group again, and the other partitions would wait
     * too. They wait while it is tried, so that it is tried less and less often.
     */
    private void startAgainAfter(KafkaException error) {
        LOG.warn(
                "Cannot start reading {}, tries again in {}: {}", starting.keySet(), beforeNextStart, error.toString());
        startAgain = Deadline.in(beforeNextStart, clock);
        beforeNextStart = shorter(beforeNextStart.multipliedBy(2), exactlyOnce ? BRIEF_START : LONGEST_BEFORE_NEXT_TRY);
    }

    private void startSoon() {
        startAgain = Deadline.in(Duration.ZERO, clock);
        beforeNextStart = BEFORE_NEXT_TRY;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        boolean atFirstEnd = committer.awaitsAnEnd();
        partitions.all().forEach(loop -> loop.askToBeWoken(atFirstEnd));
        wakeups.open();
        try {
            // Looked at after opening: what comes later than this look wakes the poll.
            boolean lookAgain = stopBy != null || partitions.haveRoomAgain() || committer.isAnswered();
            return consumer.poll(lookAgain ? Duration.ZERO : longestPoll());
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } catch (GroupAuthorizationException | AuthenticationException e) {
            throw settings.refusalIsFinal() ? RefusedException.byGroup(e) : e;
        } finally {
            wakeups.shut();
        }
    }

    private Duration longestPoll() {
        if (partitions.isEmpty() || !starting.isEmpty()) {
            return POLL_WITHOUT_PARTITIONS;
        }
        // What a commit gives room to waits for its answer, which nobody is woken by.
        if (committer.isOnItsWay() && partitions.all().stream().anyMatch(PartitionLoop::isAtItsSpan)) {
            return POLL_FOR_AN_ANSWER;
        }
        return committer.longestPoll(LONGEST_POLL);
    }

    private void receive(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((partition, next) -> {
            var read = records.records(partition);
            partitions.get(partition).ifPresent(loop -> {
                PartitionLoop present =
                        read.isEmpty() ? loop : notSetBack(loop, read.get(0).offset());
                present.receive(read, next.offset());
            });
        });
        if (settings.replays()) {
            partitions.all().forEach(this::passOverEmptiness);
        }
    }

    /** Where the log was cut, or its last records are not for readers, no poll brings a record from which to tell the end. */
    private void passOverEmptiness(PartitionLoop partition) {
        if (!partition.isAtItsEnd() && !partition.hasBacklog()) {
            try {
                partition.passTo(consumer.position(partition.partition(), Duration.ZERO));
            } catch (TimeoutException e) {
                LOG.debug("The position in {} is not known yet", partition.partition(), e);
            }
        }
    }

    /** The loop, or a new one from this offset when the log was cut or made anew and the consumer was set back in it. */
    private PartitionLoop notSetBack(PartitionLoop loop, long offset) {
        if (!loop.isSetBackBy(offset)) {
            return loop;
        }
        LOG.warn(
                "{} now begins at offset {}, before what was read of it: its log was cut or made anew. Reading from there",
                loop.partition(),
                offset);
        loop.abandon();
        loop.leave();
        loop.forgetKept();
        committer.forget(loop);
        PartitionLoop anew = new PartitionLoop(loop.partition(), loop.start().setBackTo(offset), handout);
        partitions.add(anew);
        return anew;
    }

    /** Ends: gives all partitions up, and commits, which may take until the group has settled. */
    private void leave(Deadline deadline) {
        if (settings.replays()) {
            // What a replay handled and could not commit would be handled again: it leaves nothing behind, if there is
            // time.
            partitions.all().forEach(PartitionLoop::forgetBacklog);
            await(PartitionLoop::hasUnfinished, deadline);
        }
        partitions.all().forEach(PartitionLoop::drain);
        await(Drain::isRunning, deadline);
        drain.run(List.copyOf(partitions.all()), deadline);
        Deadline requests = Deadline.in(LAST_REQUESTS, clock);
        while (!commit(partitions.all(), shorter(leftToCommit(requests, deadline), REQUEST_TIMEOUT))
                && !leftToCommit(requests, deadline).isZero()) {
            // A commit in the midst of a rebalance counts only when this member has joined the group again.
            turnNanos = clock.nanos();
            joinAgain();
        }
        // Given up already: closing the consumer must not do it once more.
        List.copyOf(partitions.all()).forEach(this::leave);
    }

    private void await(Predicate<PartitionLoop> isBusy, Deadline deadline) {
        while (!deadline.isOver() && !drain.await(partitions.all(), isBusy, Deadline.in(BETWEEN_POLLS, clock))) {
            // Without a poll now and then the group would give its partitions to others, who would repeat what is done.
            turnNanos = clock.nanos();
            reportIfDue();
            commit(partitions.all(), shorter(deadline.left(), BETWEEN_POLLS));
            joinAgain();
        }
    }

    /** A rebalance takes as long as the slowest member, for which all of a stop's time may be spent. */
    private Duration leftToCommit(Deadline requests, Deadline stop) {
        return committer.isRebalancing() ? longer(requests.left(), stop.left()) : requests.left();
    }

    /** Ends without a commit: another member, or another loop of this service, is to take the partitions over. */
    void letGoOfAll() {
        for (PartitionLoop partition : List.copyOf(partitions.all())) {
            partition.abandon();
            leave(partition);
        }
        starting.keySet().forEach(partition -> flights.release(partition, this));
    }

    /** A partition is not this loop's any more: what of it is not through is left behind for whoever gets it next. */
    private void leave(PartitionLoop partition) {
        partition.leave();
        partition.forgetKept();
        committer.forget(partition);
        partitions.remove(partition.partition());
        flights.release(partition.partition(), this);
    }

    private void joinAgain() {
        try {
            consumer.pause(consumer.assignment());
            consumer.poll(BRIEFLY);
        } catch (WakeupException e) {
            LOG.debug("A wakeup from before the stop struck only now", e);
        } catch (KafkaException e) {
            if (!PassingErrors.isOne(e)) {
                throw e;
            }
            LOG.debug("Did not join the group again yet", e);
            LockSupport.parkNanos(BRIEFLY.toNanos());
        }
    }

    /** Gives partitions up: nothing more of them starts, what runs is waited for, what is finished is committed. */
    private void giveUp(Collection<PartitionLoop> given, Deadline deadline) {
        List<PartitionLoop> leaving = List.copyOf(given);
        try {
            drain.run(leaving, deadline);
            commit(leaving, REQUEST_TIMEOUT);
        } catch (RefusedException e) {
            // What is thrown within a poll, the consumer takes for a fault of its own.
            refusal = Optional.of(e);
        } finally {
            leaving.forEach(this::leave);
        }
    }

    private boolean commit(Collection<PartitionLoop> some, Duration timeout) {
        // What the others keep may be committed by the transaction that was shut out: it must not be sent again.
        failIfRefused();
        return wakeups.calmly(() -> committer.commitNow(some, timeout));
    }

    /** Whether a stop, which may come while a revoke waits, allows no more waiting. */
    private boolean isStopOver() {
        Deadline stop = stopBy;
        return stop != null && stop.isOver();
    }

    /** Closes the consumer. For the loop itself, and for whoever made a loop that never ran. */
    public void close() {
        try {
            tally.telemetry().closed(consumer);
            wakeups.calmly(() -> {
                consumer.close(CloseOptions.timeout(LAST_REQUESTS));
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("The consumer did not close in order; its group finds out by its session timeout", e);
        } finally {
            committer.close();
        }
    }

    /** What the consumer calls within a poll, on the consumer thread. */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            // Where they start is found in the next turn: until then nothing of them must be fetched.
            fetching.begin(assigned);
            tally.rebalanced(Change.ASSIGNED, assigned);
            if (!assigned.isEmpty()) {
                LOG.info("{} is given {}", Thread.currentThread().getName(), assigned);
            }
            long now = clock.nanos();
            assigned.forEach(partition -> starting.put(partition, now));
            startSoon();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            wakeups.shut();
            try {
                List<PartitionLoop> loops = loopsOf(revoked);
                if (!revoked.isEmpty()) {
                    LOG.info(
                            "{} gives up {} with {} event(s) in flight",
                            Thread.currentThread().getName(),
                            revoked,
                            loops.stream().mapToLong(PartitionLoop::events).sum());
                }
                giveUp(loops, Deadline.in(settings.drainTimeout(), clock));
            } finally {
                forget(revoked);
                tally.rebalanced(Change.REVOKED, revoked);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.warn("Lost {}: the group gave them to others. What runs of them publishes no more", lost);
            for (PartitionLoop loop : loopsOf(lost)) {
                loop.abandon();
                leave(loop);
            }
            forget(lost);
            tally.rebalanced(Change.LOST, lost);
        }

        private List<PartitionLoop> loopsOf(Collection<TopicPartition> some) {
            List<PartitionLoop> loops = new ArrayList<>();
            some.forEach(partition -> partitions.get(partition).ifPresent(loops::add));
            return loops;
        }

        private void forget(Collection<TopicPartition> gone) {
            starting.keySet().removeAll(gone);
            fetching.end(gone);
            gone.forEach(partition -> flights.release(partition, ConsumerLoop.this));
        }
    }
}
