package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.time.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CutOffTest {

    private final SettableClock clock = new SettableClock();
    private final CutOff cutOff = new CutOff(clock);

    private Duration nextLength() {
        assertThat(cutOff.begin()).isTrue();
        Duration length = cutOff.length();
        clock.advance(length.minusNanos(1));
        assertThat(cutOff.isOver()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(cutOff.isOver()).isTrue();
        cutOff.end();
        assertThat(cutOff.isOn()).isFalse();
        return length;
    }

    @Test
    void lastsTwiceAsLongEachTimeUpToAnHour() {
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(1));
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(59));
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(4));
        nextLength();
        nextLength();
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(32));
        assertThat(nextLength()).isEqualTo(Duration.ofHours(1));
        assertThat(nextLength()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void lastsAMinuteAgainAfterAnHourInWhichAllWentWell() {
        nextLength();
        nextLength();
        clock.advance(Duration.ofHours(1));
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(1));
        assertThat(nextLength()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void beginsOnceHoweverManyCallsFailAtOnce() {
        assertThat(cutOff.begin()).isTrue();
        clock.advance(Duration.ofSeconds(30));
        assertThat(cutOff.begin()).isFalse();
        clock.advance(Duration.ofSeconds(30));
        assertThat(cutOff.isOver()).isTrue();
    }
}
