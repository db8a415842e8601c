package io.kaufmann.internal.assembly;

import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.work.FailureLog;
import io.kaufmann.internal.work.TimeLimit;
import io.kaufmann.internal.work.WorkerPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a watchdog looks at.
 *
 * @param consumers the consumer threads, in the order of their numbers
 * @param workers the workers
 * @param timeLimit what ends the time of handlers, if anything does
 * @param tally what has become of events
 * @param failures what is told of events that failed
 * @param probe what was reached
 * @param limits what is too long
 */
record Watched(
        List<ConsumerThread> consumers,
        WorkerPool workers,
        Optional<TimeLimit> timeLimit,
        Tally tally,
        FailureLog failures,
        Probe probe,
        Limits limits) {

    Watched {
        consumers = List.copyOf(consumers);
    }

    /**
     * What is too long.
     *
     * @param stallAfter after what time without progress something counts as stalled
     * @param longestTurn how long a consumer may take for a turn, with all that it may wait for
     * @param stalledNotLive whether a handler that is stalled makes the service not live
     */
    record Limits(Duration stallAfter, Duration longestTurn, boolean stalledNotLive) {

        boolean isTooLong(Duration time) {
            return time.compareTo(stallAfter) >= 0;
        }
    }

    /** How all partitions do, as their consumers last looked. */
    List<PartitionReport> reports() {
        return consumers.stream()
                .flatMap(consumer -> consumer.reports().stream())
                .toList();
    }

    /** Each consumer with its thread's name. */
    void forEachConsumer(BiConsumer<ConsumerThread, String> task) {
        for (int i = 0; i < consumers.size(); i++) {
            task.accept(consumers.get(i), "kaufmann-consumer-" + (i + 1));
        }
    }
}
