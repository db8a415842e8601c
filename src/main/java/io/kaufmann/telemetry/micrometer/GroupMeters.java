package io.kaufmann.telemetry.micrometer;

import io.kaufmann.telemetry.Telemetry.Committed;
import io.kaufmann.telemetry.Telemetry.Paused;
import io.kaufmann.telemetry.Telemetry.Rebalanced;
import io.micrometer.core.instrument.Counter;
import java.util.Locale;
import java.util.Set;

/** The meters of what happens between the service and its group. Thread-safe. */
final class GroupMeters {

    private final Series<Counter> commits;
    private final Series<Counter> rebalances;
    private final Series<Counter> pauses;

    /**
     * Without meters yet.
     *
     * @param meters registers them
     * @param topics the topics that are tagged
     */
    GroupMeters(Meters meters, TagNames topics) {
        TagNames noEvents = new TagNames(Set.of());
        commits = new Series<>(noEvents, topics, key -> meters.counter(Measure.COMMITS, key));
        rebalances = new Series<>(noEvents, topics, key -> meters.counter(Measure.REBALANCES, key));
        pauses = new Series<>(noEvents, topics, key -> meters.counter(Measure.PAUSES, key));
    }

    void committed(Committed told) {
        commits.of("", "", 0, told.consumerGroup(), told.failed() ? "failed" : "ok")
                .increment();
    }

    void rebalanced(Rebalanced told) {
        rebalances.of("", "", 0, told.consumerGroup(), text(told.change())).increment();
    }

    void paused(Paused told) {
        pauses.of("", told.topic(), told.partition(), told.consumerGroup(), text(told.pause()))
                .increment();
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
