package io.kaufmann.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.health.Traffic.Latencies;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void aWayInWhichNothingEndedCountsZero() {
        Traffic traffic = new Traffic(Map.of(Ending.HANDLED, 3L), 0, 0, new Latencies(List.of()));

        assertThat(traffic.ended(Ending.HANDLED)).isEqualTo(3);
        assertThat(traffic.ended(Ending.FAILED)).isZero();
    }
}
