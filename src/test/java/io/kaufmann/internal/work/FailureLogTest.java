package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.health.LastFailure;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.testing.Log;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
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
        for (int kind = 0; kind < 500; kind++) {
            failures.failed("an event", "kind " + kind, "an error event follows", "no");
        }

        // A hundred of their own, and one for all others.
        assertThat(log.lines()).hasSize(101);
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

    @Test
    void tellsWhatWasOnlyCountedThoughNoOtherFails() {
        for (int event = 0; event < 4; event++) {
            failures.failed("greet@" + event, "greet", "an error event follows", new IllegalStateException("secret"));
        }
        failures.tellCounted();
        clock.advance(Duration.ofSeconds(9));
        failures.tellCounted();
        assertThat(log.lines()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        failures.tellCounted();
        failures.tellCounted();

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(1))
                .isEqualTo(
                        "3 more failed like those before, the newest: greet@3 (java.lang.IllegalStateException; an error"
                                + " event follows)");
    }

    /** What was told in a summary is the latest line: the next is ten seconds later. */
    @Test
    void isNoFloodWhereSummariesAndFailuresMeet() {
        for (int second = 0; second < 100; second++) {
            for (int event = 0; event < 50; event++) {
                failures.failed("greet@" + event, "greet", "an error event follows", "no");
            }
            failures.tellCounted();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(log.lines()).hasSize(10);
    }

    @Test
    void tellsTheRestAtTheEnd() {
        failures.failed("greet@1", "greet", "an error event follows", "no");
        failures.failed("greet@2", "greet", "an error event follows", "no");

        failures.tellRest();
        failures.tellRest();

        assertThat(log.lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("1 more failed like those before")
                .contains("greet@2");
    }

    @Test
    void remembersTheTwentyThatFailedForGoodLast() {
        failures.failed("greet@retried", "greet", "it is handled again in 5 ms", "no");
        for (int event = 0; event < 30; event++) {
            failures.failedForGood(
                    "greet@" + event, "greet", "an error event follows", new IllegalStateException("secret"));
        }
        failures.failedForGood("part@7", "part", "an error event follows", "the payload");

        assertThat(failures.last()).hasSize(20);
        assertThat(failures.last())
                .first()
                .isEqualTo(new LastFailure(clock.instant(), "part@7", "the handler said so", "an error event follows"));
        assertThat(failures.last().get(1).event()).isEqualTo("greet@29");
        assertThat(failures.last().get(1).error()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failures.last().get(19).event()).isEqualTo("greet@11");
    }

    @RepeatedTest(5)
    void keepsTheNewestHoweverManyThreadsFailAtOnce() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    for (int event = 0; event < 2_000; event++) {
                        failures.failedForGood(number + "@" + event, "greet", "an error event follows", "no");
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        failures.tellRest();

        // The last event of whoever ended last is among them, each is there once, and none of long ago.
        assertThat(failures.last()).hasSize(20).doesNotHaveDuplicates();
        assertThat(failures.last())
                .first()
                .satisfies(last -> assertThat(last.event()).endsWith("@1999"));
        long told = log.lines().stream()
                .map(Pattern.compile("^(\\d+) more failed")::matcher)
                .filter(Matcher::find)
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
        assertThat(told).isEqualTo(7_999);
    }
}
