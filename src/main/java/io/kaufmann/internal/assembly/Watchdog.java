package io.kaufmann.internal.assembly;

import static io.kaufmann.internal.time.Durations.shorter;

import io.kaufmann.event.EventName;
import io.kaufmann.health.Health;
import io.kaufmann.health.Health.Status;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.State;
import io.kaufmann.health.Traffic;
import io.kaufmann.health.WorkerHealth;
import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.consume.Trouble;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.internal.work.TimeLimit;
import io.kaufmann.internal.work.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds what does not go on: an event that runs, waits for a worker, or waits for its answers to be acknowledged for too long, be
 * its partition another's by now; a partition that does not start; a consumer thread that takes no turns; workers that are lost.
 * Tells it in the health, and once in the log. Thread-safe.
 */
final class Watchdog {

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private static final Traffic NOTHING_DONE = new Traffic(Map.of(), 0, 0, new Traffic.Latencies(List.of()));

    private final List<ConsumerThread> consumers;
    private final WorkerPool workers;
    private final Optional<TimeLimit> timeLimit;
    private final Duration stallAfter;
    private final Duration longestTurn;
    private final Tally tally;
    private final Clock clock;
    private final StallLog log;

    Watchdog(
            List<ConsumerThread> consumers,
            WorkerPool workers,
            Optional<TimeLimit> timeLimit,
            Duration stallAfter,
            Duration longestTurn,
            Tally tally,
            Clock clock) {
        this.tally = tally;
        this.longestTurn = longestTurn;
        this.consumers = List.copyOf(consumers);
        this.workers = workers;
        this.timeLimit = timeLimit;
        this.stallAfter = stallAfter;
        this.clock = clock;
        this.log = new StallLog(workers, clock);
    }

    /** Looks again and again, until the timer is closed. */
    void watch(Timer timer) {
        timer.after(shorter(stallAfter.dividedBy(4), LONGEST_PERIOD), () -> {
            try {
                turn();
            } finally {
                watch(timer);
            }
        });
    }

    /** Looks once, and logs what is new. */
    void turn() {
        log.tell(stalls());
    }

    /** How a service does that reads nothing: not yet, or because it could not start. */
    static Health without(State state) {
        return new Health(
                Status.DOWN,
                state,
                new Health.Probes(state != State.FAILED, false, Reachability.UNKNOWN, Reachability.UNKNOWN),
                List.of("The service is " + state),
                List.of(),
                WorkerHealth.NONE,
                NOTHING_DONE,
                List.of());
    }

    /** How the service does. */
    Health health(State state) {
        List<String> problems =
                new ArrayList<>(stalls().stream().map(Stall::text).toList());
        Status status = problems.isEmpty() ? Status.UP : Status.STALLED;
        if (state != State.RUNNING) {
            status = Status.DOWN;
            problems.add("The service is " + state);
        }
        List<PartitionHealth> partitions = reports().stream()
                .map(this::health)
                .sorted(Comparator.comparing(PartitionHealth::topic).thenComparing(PartitionHealth::partition))
                .toList();
        return new Health(
                status,
                state,
                new Health.Probes(
                        state != State.FAILED, state == State.RUNNING, Reachability.UNKNOWN, Reachability.UNKNOWN),
                problems,
                partitions,
                new WorkerHealth(workers.size(), 0, workers.lost(), 0),
                tally.traffic(),
                List.of());
    }

    private List<Stall> stalls() {
        List<Stall> stalls = new ArrayList<>();
        addLostWorkers(stalls);
        for (int i = 0; i < consumers.size(); i++) {
            addConsumer(stalls, consumers.get(i), "kaufmann-consumer-" + (i + 1));
        }
        addCalls(stalls);
        reports().forEach(report -> addPartition(stalls, report));
        return stalls;
    }

    private void addLostWorkers(List<Stall> stalls) {
        int unreplaced = timeLimit.map(TimeLimit::unreplaced).orElse(0);
        if (unreplaced > 0) {
            stalls.add(new Stall(
                    "lost workers",
                    unreplaced + " workers are stuck in handlers past their time limit and are not replaced any more"
                            + " (kaufmann.max.lost.workers)"));
        }
    }

    private void addConsumer(List<Stall> stalls, ConsumerThread consumer, String name) {
        addTrouble(stalls, consumer.keptOut(), name + " has not been taken into the group");
        addTrouble(stalls, consumer.failing(), name + " has not been able to read all its topics");
        addTrouble(stalls, consumer.uncommitted(), name + " has not been able to commit what is finished");
        // A turn may wait for a drain, and for some requests.
        Duration still = clock.since(consumer.turnNanos());
        if (isTooLong(still) && still.compareTo(longestTurn) >= 0) {
            stalls.add(new Stall(consumer, name + " has not polled for " + still.toSeconds() + " s"));
        }
        consumer.waitingToStart().forEach((partition, since) -> {
            Duration waited = clock.since(since);
            if (isTooLong(waited)) {
                stalls.add(new Stall(
                        partition,
                        partition + " was given to " + name + " " + waited.toSeconds()
                                + " s ago and is not read yet: the place to start could not be found or committed, or"
                                + " another consumer of this service has not given it up"));
            }
        });
    }

    private void addTrouble(List<Stall> stalls, Optional<Trouble> trouble, String what) {
        trouble.filter(present -> isTooLong(present.lasting()))
                .ifPresent(present -> stalls.add(
                        new Stall(what, what + " for " + present.lasting().toSeconds() + " s: " + present.reason())));
    }

    private boolean isTooLong(Duration time) {
        return time.compareTo(stallAfter) >= 0;
    }

    /** The handlers that run for too long, of each assignment the longest: of assignments that are over too. */
    private void addCalls(List<Stall> stalls) {
        Map<Assignment, HandlerCall> longest = new HashMap<>();
        workers.calls()
                // One whose time is over has failed already; what waits for its return is found by its lane.
                .filter(call -> !call.isOverdue() && isTooLong(clock.since(call.startNanos())))
                .forEach(call -> longest.merge(
                        call.delivery().assignment(),
                        call,
                        (one, other) -> one.startNanos() - other.startNanos() <= 0 ? one : other));
        longest.values()
                .forEach(call -> stalls.add(Stall.of(call.delivery(), Stage.RUNNING, clock.since(call.startNanos()))));
    }

    private List<PartitionReport> reports() {
        return consumers.stream()
                .flatMap(consumer -> consumer.reports().stream())
                .toList();
    }

    private void addPartition(List<Stall> stalls, PartitionReport report) {
        stuck(report, Stage.ANSWERING)
                .ifPresent(oldest -> stalls.add(Stall.of(oldest.delivery(), Stage.ANSWERING, age(oldest))));
        // A long queue is no stall as long as events of its partition end.
        if (isTooLong(clock.since(report.lastEndNanos()))) {
            stuck(report, Stage.QUEUED)
                    .ifPresent(oldest -> stalls.add(Stall.of(oldest.delivery(), Stage.QUEUED, age(oldest))));
        }
        report.heldBack()
                .filter(oldest -> oldest.delivery().lane().isHeldBack(oldest.delivery()) && isTooLong(age(oldest)))
                .ifPresent(oldest -> stalls.add(Stall.of(
                        oldest.delivery(),
                        "waiting for the handler of an earlier event of its key or partition to return",
                        age(oldest))));
    }

    private Optional<PartitionReport.Oldest> stuck(PartitionReport report, Stage stage) {
        // What the loop saw may have ended or gone on since.
        return Optional.ofNullable(report.oldest().get(stage))
                .filter(oldest -> isStill(oldest.delivery(), stage, oldest.sinceNanos()) && isTooLong(age(oldest)));
    }

    private Duration age(PartitionReport.Oldest oldest) {
        return clock.since(oldest.sinceNanos());
    }

    private static boolean isStill(Delivery delivery, Stage stage, long sinceNanos) {
        return delivery.outcome() == null && delivery.stage() == stage && delivery.stageNanos() == sinceNanos;
    }

    private PartitionHealth health(PartitionReport report) {
        return new PartitionHealth(
                report.partition().topic(),
                report.partition().partition(),
                report.committed(),
                report.position(),
                OptionalLong.empty(),
                report.events(),
                report.bytes(),
                report.gapMapBytes(),
                false,
                report.pause(),
                oldest(report, Stage.RUNNING),
                oldest(report, Stage.QUEUED),
                oldest(report, Stage.ANSWERING),
                oldest(report, Stage.RETRYING));
    }

    private Optional<PartitionHealth.Oldest> oldest(PartitionReport report, Stage stage) {
        return Optional.ofNullable(report.oldest().get(stage))
                .map(oldest -> new PartitionHealth.Oldest(
                        oldest.delivery().name().map(EventName::printable).orElse("without a name"),
                        oldest.delivery().record().offset(),
                        clock.since(oldest.sinceNanos())));
    }
}
