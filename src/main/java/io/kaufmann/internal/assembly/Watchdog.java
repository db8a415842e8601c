package io.kaufmann.internal.assembly;

import io.kaufmann.event.EventName;
import io.kaufmann.health.Health;
import io.kaufmann.health.Health.Status;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.State;
import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.internal.work.TimeLimit;
import io.kaufmann.internal.work.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds what does not go on: an event that runs, waits for a worker, or waits for its answers to be acknowledged for too long;
 * a consumer thread that takes no turns; workers that are lost. Tells it in the health, and once in the log. Thread-safe.
 */
final class Watchdog {

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    private final List<ConsumerThread> consumers;
    private final WorkerPool workers;
    private final Optional<TimeLimit> timeLimit;
    private final Duration stallAfter;
    private final Clock clock;
    private final StallLog log;

    Watchdog(
            List<ConsumerThread> consumers,
            WorkerPool workers,
            Optional<TimeLimit> timeLimit,
            Duration stallAfter,
            Clock clock) {
        this.consumers = List.copyOf(consumers);
        this.workers = workers;
        this.timeLimit = timeLimit;
        this.stallAfter = stallAfter;
        this.clock = clock;
        this.log = new StallLog(workers, clock);
    }

    /** Looks again and again, until the timer is closed. */
    void watch(Timer timer) {
        Duration quarter = stallAfter.dividedBy(4);
        timer.after(quarter.compareTo(LONGEST_PERIOD) < 0 ? quarter : LONGEST_PERIOD, () -> {
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
        return new Health(Status.DOWN, state, List.of("The service is " + state), List.of(), 0, 0);
    }

    /** How the service does. */
    Health health(State state) {
        List<String> problems = new ArrayList<>(stuckThreads());
        stalls().forEach(stall -> problems.add(stall.toString()));
        Status status = problems.isEmpty() ? Status.UP : Status.STALLED;
        if (state != State.RUNNING) {
            status = Status.DOWN;
            problems.add("The service is " + state);
        }
        List<PartitionHealth> partitions = reports().stream()
                .map(this::health)
                .sorted(Comparator.comparing(PartitionHealth::topic).thenComparing(PartitionHealth::partition))
                .toList();
        return new Health(status, state, problems, partitions, workers.size(), workers.lost());
    }

    private List<String> stuckThreads() {
        List<String> problems = new ArrayList<>();
        int unreplaced = timeLimit.map(TimeLimit::unreplaced).orElse(0);
        if (unreplaced > 0) {
            problems.add(
                    unreplaced + " workers are stuck in handlers past their time limit and are not replaced any more"
                            + " (kaufmann.max.lost.workers)");
        }
        for (int i = 0; i < consumers.size(); i++) {
            Duration still = clock.since(consumers.get(i).turnNanos());
            Duration keptOut = consumers.get(i).keptOut();
            if (keptOut.compareTo(stallAfter) >= 0) {
                problems.add("kaufmann-consumer-" + (i + 1) + " was not taken into the group for " + keptOut.toSeconds()
                        + " s: its group.instance.id is another member's");
            }
            if (still.compareTo(stallAfter) >= 0) {
                problems.add("kaufmann-consumer-" + (i + 1) + " has not polled for " + still.toSeconds() + " s");
            }
        }
        return problems;
    }

    private List<PartitionReport> reports() {
        return consumers.stream()
                .flatMap(consumer -> consumer.reports().stream())
                .toList();
    }

    private List<Stall> stalls() {
        List<Stall> stalls = new ArrayList<>();
        for (PartitionReport report : reports()) {
            add(stalls, report, Stage.RUNNING);
            add(stalls, report, Stage.ANSWERING);
            // A long queue is no stall as long as events of its partition end.
            if (clock.since(report.lastEndNanos()).compareTo(stallAfter) >= 0) {
                add(stalls, report, Stage.QUEUED);
            }
        }
        return stalls;
    }

    private void add(List<Stall> stalls, PartitionReport report, Stage stage) {
        PartitionReport.Oldest oldest = report.oldest().get(stage);
        // What the loop saw may have ended or gone on since.
        if (oldest != null && isStill(oldest.delivery(), stage, oldest.sinceNanos())) {
            Duration age = clock.since(oldest.sinceNanos());
            if (age.compareTo(stallAfter) >= 0) {
                stalls.add(new Stall(oldest.delivery(), stage, age));
            }
        }
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
                report.events(),
                report.bytes(),
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
