package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentSeriesTest {

    private final RecentSeries<String> recent = new RecentSeries<>();

    @Test
    void remembersEachByAllThatTellsItApart() {
        recent.keep("e", "t", 1, "g", "d", "kept");

        assertThat(recent.find("e", "t", 1, "g", "d")).isEqualTo("kept");
        assertThat(recent.find("f", "t", 1, "g", "d")).isNull();
        assertThat(recent.find("e", "u", 1, "g", "d")).isNull();
        assertThat(recent.find("e", "t", 2, "g", "d")).isNull();
        assertThat(recent.find("e", "t", 1, "h", "d")).isNull();
        assertThat(recent.find("e", "t", 1, "g", "c")).isNull();
    }

    @Test
    void keepsNoNameThatIsLong() {
        String name = "e".repeat(201);
        recent.keep(name, "t", 1, "g", "d", "kept");

        assertThat(recent.find(name, "t", 1, "g", "d")).isNull();
    }

    @Test
    void forgetsWhatAnotherHasDrivenOut() {
        recent.keep("e", "t", 1, "g", "d", "first");
        recent.keep("e", "t", 1 + (1 << 12), "g", "d", "second");

        assertThat(recent.find("e", "t", 1, "g", "d")).isNull();
        assertThat(recent.find("e", "t", 1 + (1 << 12), "g", "d")).isEqualTo("second");
    }
}
