package io.kaufmann.internal.assembly;

import io.kaufmann.internal.assembly.Stall.Kind;
import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.consume.Trouble;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.work.TimeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what does not go on: an event that runs, waits for a worker, or waits for its answers to be acknowledged for too long, be
 * its partition another's by now; a partition that does not start; a consumer thread that takes no turns; workers that are lost.
 * Thread-safe.
 */
final class Stalls {

    private final Watched watched;
    private final Clock clock;

    Stalls(Watched watched, Clock clock) {
        this.watched = watched;
        this.clock = clock;
    }

    /** All that there are. */
    List<Stall> present() {
        List<Stall> stalls = new ArrayList<>();
        addLostWorkers(stalls);
        watched.forEachConsumer((consumer, name) -> addConsumer(stalls, consumer, name));
        addCalls(stalls);
        watched.reports().forEach(report -> addPartition(stalls, report));
        return stalls;
    }

    private void addLostWorkers(List<Stall> stalls) {
        int unreplaced = watched.timeLimit().map(TimeLimit::unreplaced).orElse(0);
        if (unreplaced > 0) {
            stalls.add(new Stall(
                    "lost workers",
                    Kind.HANDLER,
                    unreplaced + " workers are stuck in handlers past their time limit and are not replaced any more"
                            + " (kaufmann.max.lost.workers)"));
        }
    }

    private void addConsumer(List<Stall> stalls, ConsumerThread consumer, String name) {
        addTrouble(stalls, consumer, consumer.keptOut(), name + " has not been taken into the group");
        addTrouble(stalls, consumer, consumer.failing(), name + " has not been able to read all its topics");
        addTrouble(stalls, consumer, consumer.uncommitted(), name + " has not been able to commit what is finished");
        // A turn may wait for a drain, and for some requests.
        Duration still = clock.since(consumer.turnNanos());
        if (!consumer.hasEnded()
                && isTooLong(still)
                && still.compareTo(watched.limits().longestTurn()) >= 0) {
            stalls.add(new Stall(consumer, Kind.CONSUMER, name + " has not polled for " + still.toSeconds() + " s"));
        }
        consumer.waitingToStart().forEach((partition, since) -> {
            Duration waited = clock.since(since);
            if (isTooLong(waited)) {
                stalls.add(new Stall(
                        partition,
                        Kind.CONSUMER,
                        partition + " was given to " + name + " " + waited.toSeconds()
                                + " s ago and is not read yet: the place to start could not be found or committed, or"
                                + " another consumer of this service has not given it up"));
            }
        });
    }

    private void addTrouble(List<Stall> stalls, ConsumerThread consumer, Optional<Trouble> trouble, String what) {
        trouble.filter(present -> isTooLong(present.lasting()))
                .ifPresent(present -> stalls.add(new Stall(
                        new Stall.CannotDo(consumer, what),
                        Kind.CONSUMER,
                        what + " for " + present.lasting().toSeconds() + " s: " + present.reason())));
    }

    private boolean isTooLong(Duration time) {
        return watched.limits().isTooLong(time);
    }

    /** The handlers that run for too long, of each assignment the longest: of assignments that are over too. */
    private void addCalls(List<Stall> stalls) {
        Map<Assignment, HandlerCall> longest = new HashMap<>();
        watched.workers()
                .calls()
                // One whose time is over has failed already; what waits for its return is found by its lane.
                .filter(call -> !call.isOverdue() && isTooLong(clock.since(call.startNanos())))
                .forEach(call -> longest.merge(
                        call.delivery().assignment(),
                        call,
                        (one, other) -> one.startNanos() - other.startNanos() <= 0 ? one : other));
        longest.values()
                .forEach(call -> stalls.add(Stall.of(call.delivery(), Stage.RUNNING, clock.since(call.startNanos()))));
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
                        Kind.HANDLER,
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
}
