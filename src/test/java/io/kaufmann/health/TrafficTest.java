package io.kaufmann.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.health.Traffic.Latencies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void eachStepOfLatenciesIsBelowItsBoundAndNotBelowTheOneBefore() {
        for (int step = 0; step < Latencies.BUCKETS - 1; step++) {
            long bound = Latencies.upperBound(step).orElseThrow().toNanos();

            assertThat(Latencies.bucket(bound - 1)).isEqualTo(step);
            assertThat(Latencies.bucket(bound)).isEqualTo(step + 1);
        }
    }

    @Test
    void latenciesHaveAStepForAnyTime() {
        assertThat(Latencies.bucket(0)).isZero();
        assertThat(Latencies.bucket(Long.MAX_VALUE)).isEqualTo(Latencies.BUCKETS - 1);
        assertThat(Latencies.upperBound(Latencies.BUCKETS - 1)).isEmpty();
        // From a microsecond to some minutes.
        assertThat(Latencies.upperBound(Latencies.BUCKETS - 2).orElseThrow().toMinutes())
                .isBetween(5L, 10L);
    }

    @Test
    void aWayInWhichNothingEndedCountsZero() {
        Traffic traffic = new Traffic(Map.of(Ending.HANDLED, 3L), 0, 0, new Latencies(List.of()));

        assertThat(traffic.ended(Ending.HANDLED)).isEqualTo(3);
        assertThat(traffic.ended(Ending.FAILED)).isZero();
    }
}
