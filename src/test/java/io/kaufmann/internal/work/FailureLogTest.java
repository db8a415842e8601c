package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.testing.Log;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final SettableClock clock = new SettableClock();
    private final FailureLog failures = new FailureLog(clock);
    private final Log log = Log.of("io.kaufmann.failures");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void logsTheFirstOfEachKind() {
        failures.failed("greet@1", "greet IOException", "an error event follows", new IllegalStateException("no"));
        failures.failed("greet@2", "greet IOException", "an error event follows", new IllegalStateException("no"));
        failures.failed("part@3", "part", "an error event follows", "no");

        assertThat(log.lines())
                .containsExactly(
                        "greet@1 failed; an error event follows",
                        "part@3 failed; an error event follows: the handler said so");
    }

    @Test
    void countsThoseBetweenTheLines() {
        for (int event = 0; event < 100; event++) {
            failures.failed("greet@" + event, "greet", "an error event follows", "no");
        }
        clock.advance(Duration.ofSeconds(10));
        failures.failed("greet@100", "greet", "an error event follows", "no");

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1)).startsWith("greet@100 (and 99 like it before) failed");
    }

    @Test
    void staysBoundedHoweverManyKindsThereAre() {
        for (int kind = 0; kind < 5_000; kind++) {
            failures.failed("an event", "kind " + kind, "an error event follows", "no");
        }

        // A thousand of their own, and one for all others.
        assertThat(log.lines()).hasSize(1_001);
    }

    @Test
    void namesAnErrorThatCannotBePrinted() {
        RuntimeException unspeakable = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };
        failures.failed("greet@1", "greet", "an error event follows", unspeakable);

        assertThat(log.lines())
                .anyMatch(line -> line.contains(unspeakable.getClass().getName()));
    }
}
