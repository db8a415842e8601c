package io.kaufmann.telemetry.micrometer;

import io.kaufmann.health.Ending;
import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.PartitionHealth.Oldest;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.State;
import io.kaufmann.health.Traffic;
import io.kaufmann.health.WorkerHealth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Healths to be shown. */
final class Healths {

    static final Reachability REACHED =
            new Reachability(Reachability.Answer.REACHED, Duration.ofSeconds(3), Optional.empty());
    static final Reachability NOT_REACHED =
            new Reachability(Reachability.Answer.NOT_REACHED, Duration.ofSeconds(3), Optional.of("refused"));

    private Healths() {}

    static Health of(State state, PartitionHealth... partitions) {
        return of(state, REACHED, NOT_REACHED, partitions);
    }

    static Health of(State state, Reachability broker, Reachability registry, PartitionHealth... partitions) {
        return new Health(
                Health.Status.STALLED,
                state,
                new Health.Probes(true, false, broker, registry),
                List.of("one", "two"),
                List.of(partitions),
                new WorkerHealth(50, 7, 2, 11),
                new Traffic(Map.of(Ending.HANDLED, 1L), 0, 0, new Traffic.Latencies(List.of())),
                List.of());
    }

    static PartitionHealth partition(String topic, int partition, OptionalLong lag) {
        return new PartitionHealth(
                topic,
                partition,
                1_000,
                1_042,
                lag,
                5,
                600,
                70,
                true,
                Optional.of(Pause.FULL_SPAN),
                oldest(1_500),
                oldest(2_000),
                oldest(3_000),
                Optional.empty());
    }

    private static Optional<Oldest> oldest(long millis) {
        return Optional.of(new Oldest("event.x", 1_000, Duration.ofMillis(millis)));
    }
}
