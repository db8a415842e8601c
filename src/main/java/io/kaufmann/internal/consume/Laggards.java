package io.kaufmann.internal.consume;

import static io.kaufmann.internal.time.Durations.longer;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Partitions that cannot be committed at present, and would fail the transaction of all: an answer goes to where nothing can be written,
 * say. After a failure of several each is tried alone; those that fail again rest, twice as long as the try took, in which the others
 * have the transactions for themselves. Consumer thread only.
 */
final class Laggards {

    private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

    private final Clock clock;
    private final Map<PartitionLoop, Deadline> resting = new LinkedHashMap<>();
    private boolean wasTheirTurn;

    /** None yet. */
    Laggards(Clock clock) {
        this.clock = clock;
    }

    boolean areNone() {
        return resting.isEmpty();
    }

    /** A transaction of these failed, after so long. */
    void failed(List<FinishedRun> runs, Duration took) {
        for (FinishedRun run : runs) {
            if (runs.size() > 1) {
                resting.put(run.partition(), Deadline.in(Duration.ZERO, clock));
            } else if (resting.remove(run.partition()) != null) {
                // At the end: the others have their turn before it.
                resting.put(run.partition(), Deadline.in(longer(took.multipliedBy(2), SHORTEST_REST), clock));
            }
        }
    }

    /** A transaction of these is committed. */
    void committed(List<FinishedRun> runs) {
        runs.forEach(run -> resting.remove(run.partition()));
    }

    void forget(PartitionLoop partition) {
        resting.remove(partition);
    }

    void clear() {
        resting.clear();
    }

    /** Which of these are to have the next transaction: by turns one that has rested, alone, and all others together. */
    List<FinishedRun> next(List<FinishedRun> runs) {
        List<FinishedRun> others = without(runs);
        Optional<FinishedRun> rested = among(runs).stream()
                .filter(run -> resting.get(run.partition()).isOver())
                .findFirst();
        wasTheirTurn = rested.isPresent() && (others.isEmpty() || !wasTheirTurn);
        return wasTheirTurn ? List.of(rested.get()) : others;
    }

    /** Those of other partitions. */
    List<FinishedRun> without(List<FinishedRun> runs) {
        return resting.isEmpty()
                ? runs
                : runs.stream()
                        .filter(run -> !resting.containsKey(run.partition()))
                        .toList();
    }

    /** Those of these partitions, the longest untried first. */
    List<FinishedRun> among(List<FinishedRun> runs) {
        return resting.keySet().stream()
                .flatMap(partition -> runs.stream().filter(run -> run.partition() == partition))
                .toList();
    }
}
