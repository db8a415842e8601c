package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events of a partition are finished with all before them, and are kept until a transaction takes them: for the progress they
 * are unfinished until then. Consumer thread only.
 */
final class FinishedInTurn {

    private final PartitionProgress<Delivery> progress;
    // The first ticket that is not finished.
    private long end;

    FinishedInTurn(PartitionProgress<Delivery> progress) {
        this.progress = progress;
        this.end = progress.firstUnfinished();
    }

    /** One more is settled. */
    void settled() {
        while (end < progress.nextTicket() && progress.item(end).isSettled()) {
            end++;
        }
    }

    /** One that was finished is so no more. */
    void reopened(Delivery delivery) {
        end = Math.min(end, delivery.ticket());
    }

    /** The first event that is not finished, if any has begun. */
    Optional<Delivery> firstUnfinished() {
        return end < progress.nextTicket() ? Optional.of(progress.item(end)) : Optional.empty();
    }

    /** How many they are. */
    long count() {
        return end - progress.firstUnfinished();
    }

    /** Where the first begins that is not finished. */
    long offset() {
        return progress.offsetOf(end);
    }

    /** The longest run of them from the first on, of which each can be taken. */
    List<Delivery> run(Predicate<Delivery> canBeTaken) {
        List<Delivery> run = new ArrayList<>();
        long ticket = progress.firstUnfinished();
        while (ticket < end && canBeTaken.test(progress.item(ticket))) {
            run.add(progress.item(ticket++));
        }
        return run;
    }

    /** The run of the first of them alone; empty when there is none. */
    List<Delivery> first() {
        return count() == 0 ? List.of() : List.of(progress.item(progress.firstUnfinished()));
    }

    /** Where what follows a run begins. */
    long offsetAfter(List<Delivery> run) {
        return progress.offsetOf(progress.firstUnfinished() + run.size());
    }

    /** A run was taken. */
    void taken(List<Delivery> run) {
        run.forEach(delivery -> progress.finish(delivery.ticket()));
    }
}
