package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentSeriesTest {

    private final RecentSeries<String> recent = new RecentSeries<>();
    private final AtomicInteger asked = new AtomicInteger();

    private String of(String event, String topic, int partition, String handler, String group) {
        return recent.of(event, topic, partition, handler, group, () -> {
            asked.incrementAndGet();
            return event + topic + partition + handler + group;
        });
    }

    @Test
    void remembersEachByAllThatTellsItApart() {
        for (int round = 0; round < 2; round++) {
            assertThat(of("e", "t", 1, "h", "g")).isEqualTo("et1hg");
        }
        assertThat(asked).hasValue(1);
        assertThat(of("f", "t", 1, "h", "g")).isEqualTo("ft1hg");
        assertThat(of("e", "u", 1, "h", "g")).isEqualTo("eu1hg");
        assertThat(of("e", "t", 2, "h", "g")).isEqualTo("et2hg");
        assertThat(of("e", "t", 1, "i", "g")).isEqualTo("et1ig");
        assertThat(of("e", "t", 1, "h", "k")).isEqualTo("et1hk");
    }

    @Test
    void keepsNoNameThatIsLong() {
        String name = "e".repeat(201);
        of(name, "t", 1, "h", "g");
        of(name, "t", 1, "h", "g");
        assertThat(asked).hasValue(2);
    }

    @Test
    void asksAgainForWhatAnotherHasDrivenOut() {
        of("e", "t", 1, "h", "g");
        assertThat(of("e", "t", 1 + (1 << 12), "h", "g")).isEqualTo("et4097hg");
        assertThat(of("e", "t", 1, "h", "g")).isEqualTo("et1hg");
        assertThat(asked).hasValue(3);
    }
}
