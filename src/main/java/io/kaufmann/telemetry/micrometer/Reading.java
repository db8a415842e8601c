package io.kaufmann.telemetry.micrometer;

import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.PartitionHealth.Oldest;
import io.kaufmann.health.Reachability;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One gauge's part of a health.
 *
 * @param measure what it is
 * @param tags those that it has beside the others of the same health
 * @param value reads it; empty while it is not known
 */
record Reading<T>(Measure measure, Tags tags, Function<T, OptionalDouble> value) {

    /** What the health of a service tells. */
    static final List<Reading<Health>> OF_SERVICE = List.of(
            known(Measure.QUEUE_DEPTH, health -> health.workers().queued()),
            known(Measure.WORKERS, health -> health.workers().size()),
            known(Measure.WORKERS_BUSY, health -> health.workers().busy()),
            known(Measure.WORKERS_LOST, health -> health.workers().lost()),
            known(Measure.LIVE, health -> number(health.live())),
            known(Measure.READY, health -> number(health.ready())),
            new Reading<>(
                    Measure.BROKER,
                    Tags.empty(),
                    health -> number(health.probes().broker())),
            new Reading<>(
                    Measure.REGISTRY,
                    Tags.empty(),
                    health -> number(health.probes().registry())),
            known(Measure.PROBLEMS, health -> health.problems().size()));

    /** What the health of a partition tells. */
    static final List<Reading<PartitionHealth>> OF_PARTITION = List.of(
            known(Measure.IN_FLIGHT, PartitionHealth::events),
            known(Measure.IN_FLIGHT_BYTES, PartitionHealth::bytes),
            // None rather than a NaN, which would make a NaN of each sum that it is in.
            new Reading<>(
                    Measure.LAG,
                    Tags.empty(),
                    partition -> partition.lag().isPresent()
                            ? OptionalDouble.of((double) partition.lag().getAsLong())
                            : OptionalDouble.empty()),
            known(Measure.UNCOMMITTED, PartitionHealth::span),
            known(Measure.GAP_MAP, PartitionHealth::gapMapBytes),
            oldest("running", PartitionHealth::running),
            oldest("queued", PartitionHealth::queued),
            oldest("answering", PartitionHealth::answering),
            oldest("retrying", PartitionHealth::retrying),
            known(Measure.PAUSED, partition -> number(partition.pause().isPresent())),
            known(Measure.STALLED, partition -> number(partition.stalled())));

    private static <T> Reading<T> known(Measure measure, ToDoubleFunction<T> value) {
        return new Reading<>(measure, Tags.empty(), health -> OptionalDouble.of(value.applyAsDouble(health)));
    }

    private static Reading<PartitionHealth> oldest(
            String condition, Function<PartitionHealth, Optional<Oldest>> oldest) {
        return new Reading<>(
                Measure.OLDEST,
                Tags.of(Tag.CONDITION.text(), condition),
                partition -> OptionalDouble.of(oldest.apply(partition)
                        .map(Oldest::age)
                        .map(Reading::seconds)
                        .orElse(0.0)));
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1e3;
    }

    private static double number(boolean condition) {
        return condition ? 1 : 0;
    }

    private static OptionalDouble number(Reachability reachability) {
        return switch (reachability.answer()) {
            case REACHED -> OptionalDouble.of(1);
            case NOT_REACHED -> OptionalDouble.of(0);
            case UNKNOWN, UNUSED -> OptionalDouble.empty();
        };
    }
}
