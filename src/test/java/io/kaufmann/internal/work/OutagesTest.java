package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.testing.Log;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutagesTest {

    private final SettableClock clock = new SettableClock();
    private final Outages outages = new Outages("Publishing", clock);
    private final Log log = Log.of("io.kaufmann.outages");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void tellsOfAnOutageOnceAndOfItsEnd() {
        for (int event = 0; event < 1_000; event++) {
            outages.met("event " + event, "the broker is away");
        }
        clock.advance(Duration.ofSeconds(7));
        outages.notMet();
        outages.notMet();

        assertThat(log.lines())
                .containsExactly(
                        "Publishing is held up, for 0 s now: event 0 and others wait and are tried again, nothing is"
                                + " lost or skipped. the broker is away",
                        "Publishing goes on again, after 7 s");
    }

    @Test
    void tellsEveryHalfMinuteWhileItLasts() {
        outages.met("event 1", "the broker is away");
        clock.advance(Duration.ofSeconds(29));
        outages.met("event 2", "the broker is away");
        clock.advance(Duration.ofSeconds(1));
        outages.met("event 3", "the broker is away");

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).contains("for 30 s now: event 3");
    }

    @Test
    void doesNotFlickerWithAnOutageThatComesAndGoes() {
        for (int times = 0; times < 1_000; times++) {
            outages.met("an event", "one topic has no leader");
            outages.notMet();
        }

        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void saysNothingOfAnEndWithoutABeginning() {
        outages.notMet();

        assertThat(log.lines()).isEmpty();
    }
}
