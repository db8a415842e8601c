package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.time.Deadline;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits, for a bounded time, for what runs of partitions that are given up. Consumer thread only. */
final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final Completions completions;
    private final Consumer<Delivery> settle;
    private final BooleanSupplier isCutShort;

    Drain(Completions completions, Consumer<Delivery> settle, BooleanSupplier isCutShort) {
        this.completions = completions;
        this.settle = settle;
        this.isCutShort = isCutShort;
    }

    /** Lets nothing more of these partitions start, waits for what runs, and abandons what still runs at the deadline. */
    void run(List<PartitionLoop> leaving, Deadline deadline) {
        leaving.forEach(PartitionLoop::drain);
        var unused = await(leaving, Drain::isRunning, deadline);
        leaving.stream().filter(Drain::isRunning).forEach(Drain::abandon);
    }

    /** Waits until none of these partitions is busy in this way. False when one still is. */
    boolean await(Collection<PartitionLoop> leaving, Predicate<PartitionLoop> isBusy, Deadline deadline) {
        completions.drain(settle);
        while (!deadline.isOver()
                && !isCutShort.getAsBoolean()
                && leaving.stream().anyMatch(isBusy)) {
            completions.await(deadline.left());
            completions.drain(settle);
        }
        // Once more: a delivery enters the completions before it stops counting as running.
        completions.drain(settle);
        return leaving.stream().noneMatch(isBusy);
    }

    /** Whether something of it runs, of what may start no more. */
    static boolean isRunning(PartitionLoop partition) {
        return partition.assignment().running() > 0;
    }

    private static void abandon(PartitionLoop partition) {
        partition.abandon();
        LOG.warn(
                "{} is given up while events of it still run; they will be delivered again, to its next owner: {}",
                partition.partition(),
                partition.unfinished().stream()
                        .filter(Delivery::isStarted)
                        .limit(5)
                        .map(Delivery::toString)
                        .collect(Collectors.joining(", ")));
    }
}
