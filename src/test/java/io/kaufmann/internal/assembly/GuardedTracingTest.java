package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.internal.time.ManualTimer;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Tracing;
import io.kaufmann.testing.Log;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedTracingTest {

    private static final Tracing.Handling HANDLING =
            new Tracing.Handling("order.placed", "orders", 0, 0, "group", Optional.empty(), 1, new RecordHeaders());
    private static final Tracing.Publishing PUBLISHING =
            new Tracing.Publishing("order.confirmed", "orders", new RecordHeaders());

    private final Log log = Log.of("io.kaufmann.telemetry");
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final SettableClock clock = new SettableClock();
    private final ManualTimer timer = new ManualTimer();

    @AfterEach
    void close() {
        log.close();
    }

    /** Notes its calls; some of them throw, or return null. */
    private class Noting implements Tracing, Tracing.Span {

        private final Set<String> bad;
        private final boolean returnsNull;

        Noting(Set<String> bad, boolean returnsNull) {
            this.bad = bad;
            this.returnsNull = returnsNull;
        }

        void fail() throws InterruptedException {
            throw new NoClassDefFoundError("on purpose");
        }

        private <T> T note(String call, T result) {
            calls.add(call);
            if (bad.contains(call)) {
                if (returnsNull) {
                    return null;
                }
                try {
                    fail();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return result;
        }

        @Override
        public Span handling(Handling handling) {
            return note("handling", this);
        }

        @Override
        public Span publishing(Publishing publishing) {
            return note("publishing", this);
        }

        @Override
        public Scope open() {
            return note("open", () -> note("close", ""));
        }

        @Override
        public void written(int partition, long offset) {
            note("written", "");
        }

        @Override
        public void failed(Throwable error) {
            note("failed", "");
        }

        @Override
        public void end() {
            note("end", "");
        }
    }

    private Tracing watched(Tracing tracing) {
        return GuardedTracing.watched(tracing, clock, timer);
    }

    /** What was said of this test's tracings: others may run at the same time. */
    private List<String> lines() {
        return log.lines().stream()
                .filter(line -> line.startsWith(GuardedTracingTest.class.getName()))
                .toList();
    }

    private static void followOne(Tracing tracing) {
        Tracing.Span handling = tracing.handling(HANDLING);
        handling.open().close();
        handling.failed(new IllegalStateException("on purpose"));
        handling.end();
        Tracing.Span reply = handling.publishing(PUBLISHING);
        reply.written(0, 1);
        reply.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open", "close", "written", "failed", "end"})
    void whatThrowsIsNamedOnceAndNothingIsBegunAnyMore(String bad) {
        Tracing guarded = watched(new Noting(Set.of(bad), false));
        for (int i = 0; i < 3; i++) {
            followOne(guarded);
        }
        assertThat(calls).containsOnlyOnce("handling");
        assertThat(lines()).singleElement().asString().contains(Noting.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open"})
    void nullIsNoAnswer(String bad) {
        Tracing guarded = watched(new Noting(Set.of(bad), true));
        followOne(guarded);
        followOne(guarded);
        assertThat(calls).containsOnlyOnce("handling");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatHasBegunIsClosedAndEndedAllTheSame() {
        Tracing guarded = watched(new Noting(Set.of("publishing"), false));
        Tracing.Span running = guarded.handling(HANDLING);
        Tracing.Scope scope = running.open();
        assertThat(guarded.publishing(PUBLISHING)).isSameAs(Tracing.Span.NONE);
        scope.close();
        running.end();
        assertThat(calls).containsExactly("handling", "open", "publishing", "close", "end");
    }

    @Test
    void beginsSpansAgainAfterAWhile() {
        Tracing guarded = watched(new Noting(Set.of("publishing"), false));
        followOne(guarded);
        clock.advance(Duration.ofSeconds(60));
        timer.pass();

        assertThat(guarded.handling(HANDLING)).isNotSameAs(Tracing.Span.NONE);
        assertThat(lines().get(1)).contains("is called again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open", "close", "written", "failed", "end"})
    void whatCannotEvenBePrintedHarmsNothing(String bad) {
        Tracing guarded = watched(new Noting(Set.of(bad), false) {
            @Override
            void fail() {
                throw new Unprintable();
            }
        });
        followOne(guarded);
        assertThat(lines()).last().asString().contains(Unprintable.class.getName(), bad);
    }

    /** As a service's producer thread would stand for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"handling", "publishing", "open", "close", "written", "failed", "end"})
    @Timeout(60)
    void whatDoesNotReturnIsInterruptedAndCutOff(String bad) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Tracing guarded = watched(new Noting(Set.of(bad), false) {
            @Override
            void fail() throws InterruptedException {
                never.await();
            }
        });
        AtomicBoolean interrupted = new AtomicBoolean();
        Tracing.Span earlier = bad.equals("handling") ? Tracing.Span.NONE : guarded.handling(HANDLING);
        Thread thread = new Thread(() -> {
            followOne(guarded);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.WAITING);
        for (int i = 0; i < 5; i++) {
            timer.pass();
        }
        thread.join();

        assertThat(interrupted).isFalse();
        assertThat(lines()).singleElement().asString().contains("has not returned from " + bad + "()", "60 s");
        calls.clear();
        earlier.end();
        followOne(guarded);
        // To end it would take as long again.
        assertThat(calls).isEqualTo(Set.of("end", "handling").contains(bad) ? List.of() : List.of("end"));
    }

    @Test
    void cutsOffASlowOne() {
        Tracing guarded = watched(new Noting(Set.of("handling"), false) {
            @Override
            void fail() {
                clock.advance(Duration.ofMillis(6));
            }
        });
        for (int i = 0; i < 17 * 8; i++) {
            Tracing.Span unused = guarded.handling(HANDLING);
        }
        for (int i = 0; i < 4; i++) {
            timer.pass();
        }
        assertThat(guarded.handling(HANDLING)).isSameAs(Tracing.Span.NONE);
        assertThat(lines()).singleElement().asString().contains("takes 6 ms for each handling()");
    }

    @Test
    void noneStaysNone() {
        assertThat(watched(Tracing.NONE)).isSameAs(Tracing.NONE);
        assertThat(timer.waiting()).isZero();
    }
}
