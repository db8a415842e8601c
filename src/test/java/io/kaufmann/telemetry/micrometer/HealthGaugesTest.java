package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.EventNames;
import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.State;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthGaugesTest {

    private static final PartitionHealth FIRST = Healths.partition("rapids", 0, OptionalLong.of(9));
    private static final PartitionHealth SECOND = Healths.partition("rapids", 1, OptionalLong.of(8));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerTelemetry shared = new MicrometerTelemetry(registry);
    private final Telemetry telemetry = shared.forService(EveryCall.SERVICE);

    @Test
    void showsEachPartition() {
        telemetry.observed(running(FIRST, SECOND));

        assertThat(partition("kaufmann.partition.in.flight", 0)).isEqualTo(5);
        assertThat(partition("kaufmann.partition.in.flight.size", 0)).isEqualTo(600);
        assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(9);
        assertThat(partition("kaufmann.partition.lag", 1)).isEqualTo(8);
        assertThat(partition("kaufmann.partition.uncommitted", 0)).isEqualTo(42);
        assertThat(partition("kaufmann.partition.gap.map", 0)).isEqualTo(70);
        assertThat(partition("kaufmann.partition.paused", 0)).isEqualTo(1);
        assertThat(partition("kaufmann.partition.stalled", 0)).isEqualTo(1);
        assertThat(oldest("running")).isEqualTo(1.5);
        assertThat(oldest("queued")).isEqualTo(2);
        assertThat(oldest("answering")).isEqualTo(3);
        assertThat(oldest("retrying")).isZero();
    }

    @Test
    void showsTheService() {
        telemetry.observed(running(FIRST));

        assertThat(service("kaufmann.queue.depth")).isEqualTo(11);
        assertThat(service("kaufmann.workers")).isEqualTo(50);
        assertThat(service("kaufmann.workers.busy")).isEqualTo(7);
        assertThat(service("kaufmann.workers.lost")).isEqualTo(2);
        assertThat(service("kaufmann.live")).isEqualTo(1);
        assertThat(service("kaufmann.ready")).isEqualTo(0);
        assertThat(service("kaufmann.broker.reachable")).isEqualTo(1);
        assertThat(service("kaufmann.registry.reachable")).isEqualTo(0);
        assertThat(service("kaufmann.problems")).isEqualTo(2);
    }

    @Test
    void followsWhatChanges() {
        telemetry.observed(running(FIRST));
        telemetry.observed(running(Healths.partition("rapids", 0, OptionalLong.of(1_000))));

        assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(1_000);
    }

    @Test
    void hasNoGaugeOfWhatIsNotKnown() {
        telemetry.observed(Healths.of(
                State.RUNNING,
                Reachability.UNKNOWN,
                Reachability.UNUSED,
                Healths.partition("rapids", 0, OptionalLong.empty())));
        assertThat(registry.find("kaufmann.partition.lag").gauge()).isNull();
        assertThat(registry.find("kaufmann.broker.reachable").gauge()).isNull();
        assertThat(registry.find("kaufmann.registry.reachable").gauge()).isNull();

        telemetry.observed(running(FIRST));
        assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(9);

        telemetry.observed(running(Healths.partition("rapids", 0, OptionalLong.empty())));
        assertThat(registry.find("kaufmann.partition.lag").gauge()).isNull();
        assertThat(partition("kaufmann.partition.uncommitted", 0)).isEqualTo(42);
    }

    @Test
    void gaugesOfAPartitionGoAwayWithIt() {
        telemetry.observed(running(FIRST, SECOND));
        telemetry.observed(running(SECOND));

        assertThat(registry.find("kaufmann.partition.lag").gauges()).hasSize(1);
        assertThat(registry.getMeters())
                .noneMatch(meter -> "0".equals(meter.getId().getTag("partition")))
                .anyMatch(meter -> "1".equals(meter.getId().getTag("partition")));
    }

    @Test
    void gaugesGoAwayFromRegistriesOfACompositeToo() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        Telemetry composed = new MicrometerTelemetry(composite).forService(EveryCall.SERVICE);
        composed.observed(running(FIRST));
        assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(9);

        composed.observed(running());
        assertThat(registry.find("kaufmann.partition.lag").gauges()).isEmpty();
    }

    @Test
    void allGoAwayWhenTheServiceHasEnded() {
        for (State last : new State[] {State.STOPPED, State.FAILED}) {
            telemetry.observed(running(FIRST, SECOND));
            assertThat(registry.getMeters()).isNotEmpty();
            telemetry.observed(Healths.of(last, FIRST));
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    @Test
    void servicesThatShareOneTelemetryHaveTheirOwn() {
        Telemetry other = shared.forService(new Telemetry.Served("waver", "wavers", EventNames.all(), false));
        telemetry.observed(running(FIRST));
        other.observed(running(Healths.partition("rapids", 0, OptionalLong.of(77))));

        assertThat(registry.get("kaufmann.partition.lag")
                        .tag("service", "greeter")
                        .gauge()
                        .value())
                .isEqualTo(9);
        assertThat(registry.get("kaufmann.partition.lag")
                        .tag("service", "waver")
                        .gauge()
                        .value())
                .isEqualTo(77);
        other.observed(Healths.of(State.STOPPED));
        assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(9);
    }

    @Test
    void aPartitionThatMovesBetweenTwinsOfOneProcessIsTheNewOwners() {
        Telemetry twin = new MicrometerTelemetry(registry).forService(EveryCall.SERVICE);
        PartitionHealth moved = Healths.partition("rapids", 0, OptionalLong.of(77));
        try (Silence silence = Silence.of("io.kaufmann.telemetry")) {
            assertThat(silence).isNotNull();
            telemetry.observed(running(FIRST, SECOND));
            twin.observed(running(moved));
            assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(9);

            telemetry.observed(running(SECOND));
            twin.observed(running(moved));
            assertThat(partition("kaufmann.partition.lag", 0)).isEqualTo(77);
            assertThat(partition("kaufmann.partition.lag", 1)).isEqualTo(8);

            // The second takes the service's own over, when the first is gone.
            telemetry.observed(Healths.of(State.STOPPED));
            assertThat(registry.find("kaufmann.ready").gauge()).isNull();
            twin.observed(running(moved));
            assertThat(service("kaufmann.ready")).isZero();
        }
    }

    private static Health running(PartitionHealth... partitions) {
        return Healths.of(State.RUNNING, partitions);
    }

    private double partition(String name, int partition) {
        return registry.get(name)
                .tags("service", "greeter", "consumer_group", "greeters")
                .tags("topic", "rapids", "partition", String.valueOf(partition))
                .gauge()
                .value();
    }

    private double oldest(String condition) {
        TimeGauge gauge = registry.get("kaufmann.partition.oldest")
                .tags("partition", "0", "condition", condition)
                .timeGauge();
        return gauge.value(TimeUnit.SECONDS);
    }

    private double service(String name) {
        return registry.get(name)
                .tags("service", "greeter", "consumer_group", "greeters")
                .gauge()
                .value();
    }
}
