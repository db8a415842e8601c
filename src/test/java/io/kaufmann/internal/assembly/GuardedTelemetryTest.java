package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.health.Health;
import io.kaufmann.health.State;
import io.kaufmann.internal.time.ManualTimer;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Log;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class GuardedTelemetryTest {

    private static final Telemetry.Handled HANDLED =
            new Telemetry.Handled("a", "t", 0, "h", "g", Duration.ZERO, Duration.ZERO);
    private static final Telemetry.Encoded ENCODED = new Telemetry.Encoded("a", 1, Duration.ZERO);
    // Turns of the timer until a call has lasted for a second, for five, and until a cut-off listener has had time.
    private static final int SECOND = 5;
    private static final int FIVE_SECONDS = 21;
    private static final int GRACE = 10;
    private static final int CALLS_OF_EIGHT_SAMPLES = 17 * 8;

    private final SettableClock clock = new SettableClock();
    private final ManualTimer timer = new ManualTimer();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Log log = Log.debug("io.kaufmann.telemetry");

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        log.close();
    }

    private GuardedTelemetry watched(Telemetry listener) {
        GuardedTelemetry guarded = new GuardedTelemetry(listener, clock);
        guarded.watch(timer);
        return guarded;
    }

    /** Of a listener that does this when an event was handled. */
    private GuardedTelemetry watched(Runnable onHandled) {
        return watched(new Telemetry() {
            @Override
            public void handled(Handled handled) {
                calls.incrementAndGet();
                onHandled.run();
            }
        });
    }

    /** What was said of this test's listeners: others may run at the same time. */
    private List<String> lines() {
        return log.lines().stream()
                .filter(line -> line.startsWith(GuardedTelemetryTest.class.getName()))
                .toList();
    }

    private void turns(int number) {
        for (int i = 0; i < number; i++) {
            timer.pass();
        }
    }

    private Thread start(Runnable task) {
        Thread thread = new Thread(task, "caller-" + threads.size());
        threads.add(thread);
        thread.start();
        return thread;
    }

    private void hang() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void hangWhateverComes() {
        boolean released = false;
        while (!released) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException e) {
                // On purpose.
            }
        }
    }

    private static void handle(Telemetry telemetry, int times) {
        for (int i = 0; i < times; i++) {
            telemetry.handled(HANDLED);
        }
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("on purpose"),
                new NoClassDefFoundError("on purpose"),
                new AssertionError("on purpose"),
                new StackOverflowError("on purpose"),
                new Unprintable());
    }

    private static void fail(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        throw (Error) thrown;
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void cutsOffAListenerThatThrows(Throwable thrown) {
        Telemetry guarded = watched(() -> fail(thrown));

        handle(guarded, 3);

        assertThat(calls).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("GuardedTelemetryTest", "threw in handled()", "60 s");
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void passesOverWhatItThrowsWhereNoTimerIs(Throwable thrown) {
        Telemetry guarded = new GuardedTelemetry(
                new Telemetry() {
                    @Override
                    public void encoded(Encoded encoded) {
                        calls.incrementAndGet();
                        fail(thrown);
                    }
                },
                clock);

        guarded.encoded(ENCODED);
        guarded.encoded(ENCODED);

        assertThat(calls).hasValue(2);
        assertThat(lines()).singleElement().asString().contains("threw in encoded()");
    }

    @Test
    void callsItAgainAfterAWhileAndWaitsLongerTheNextTime() {
        Telemetry guarded = watched(() -> fail(new IllegalStateException("on purpose")));
        handle(guarded, 1);
        clock.advance(Duration.ofSeconds(59));
        turns(1);
        handle(guarded, 1);
        assertThat(calls).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        turns(1);
        handle(guarded, 2);

        assertThat(calls).hasValue(2);
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(1)).contains("is called again");
        assertThat(lines().get(2)).contains("120 s");
    }

    @Test
    void cutsOffASlowListener() {
        Telemetry guarded = watched(() -> clock.advance(Duration.ofMillis(6)));
        for (int i = 0; i < CALLS_OF_EIGHT_SAMPLES; i++) {
            guarded.handled(HANDLED);
            // Quick, and no help to what is slow.
            guarded.encoded(ENCODED);
            guarded.decoded(new Telemetry.Decoded("a", "t", 0, 0, "g", 1, Duration.ZERO));
        }
        turns(4);

        int before = calls.get();
        handle(guarded, 3);

        assertThat(calls).hasValue(before);
        assertThat(lines()).singleElement().asString().contains("takes 6 ms for each handled()", "60 s");
    }

    @Test
    void timesAllKindsOfCallsHoweverTheyAlternate() {
        CallTimes times = new CallTimes();
        ListenerSeat seat = new ListenerSeat(Thread.currentThread());
        ListenerCall[] cycle = {ListenerCall.DECODED, ListenerCall.HANDLED, ListenerCall.ENCODED, ListenerCall.PUBLISHED
        };
        for (int i = 0; i < 4 * CALLS_OF_EIGHT_SAMPLES; i++) {
            ListenerCall call = cycle[i % 4];
            if (seat.isSample()) {
                times.add(call, call == ListenerCall.ENCODED ? 20_000_000 : 1);
            }
        }
        assertThat(times.slow()).contains(new CallTimes.Slow(ListenerCall.ENCODED, Duration.ofMillis(20)));
        assertThat(times.slow()).isEmpty();
    }

    @Test
    void takesOnePauseOfTheMachineForNoSlowness() {
        AtomicInteger pauses = new AtomicInteger(2 * 17);
        Telemetry guarded = watched(() -> {
            if (pauses.getAndDecrement() > 0) {
                clock.advance(Duration.ofSeconds(1));
            }
        });

        handle(guarded, CALLS_OF_EIGHT_SAMPLES);
        turns(4);

        handle(guarded, 1);
        assertThat(calls).hasValue(CALLS_OF_EIGHT_SAMPLES + 1);
        assertThat(lines()).isEmpty();
    }

    @Test
    void judgesByNoFewerThanEightCalls() {
        Telemetry guarded = watched(() -> clock.advance(Duration.ofMillis(6)));

        handle(guarded, CALLS_OF_EIGHT_SAMPLES - 1);
        turns(8);
        assertThat(lines()).isEmpty();

        handle(guarded, 1);
        turns(4);
        assertThat(lines()).hasSize(1);
    }

    @RepeatedTest(20)
    void interruptsACallThatDoesNotReturn() throws InterruptedException {
        AtomicInteger interruptedAfterwards = new AtomicInteger();
        GuardedTelemetry guarded = watched(this::hang);
        Thread caller = start(() -> {
            guarded.handled(HANDLED);
            interruptedAfterwards.set(Thread.currentThread().isInterrupted() ? 1 : -1);
        });
        await().until(() -> caller.getState() == Thread.State.WAITING);

        turns(SECOND - 1);
        assertThat(lines()).isEmpty();
        turns(1);
        caller.join();

        assertThat(interruptedAfterwards).hasValue(-1);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("has not returned from handled() on caller-0 for 1 s", "CountDownLatch.await", "60 s");
        handle(guarded, 3);
        turns(GRACE);
        assertThat(calls).hasValue(1);
        assertThat(lines()).hasSize(1);
    }

    @RepeatedTest(20)
    void freesAllThatHangAtOnceAndNamesTheListenerOnce() throws InterruptedException {
        GuardedTelemetry guarded = watched(this::hang);
        for (int i = 0; i < 20; i++) {
            start(() -> guarded.handled(HANDLED));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        turns(SECOND);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls).hasValue(20);
        assertThat(lines()).hasSize(1);
    }

    @RepeatedTest(20)
    void tellsOfThreadsThatDoNotHeedTheirInterruptAndGivesItNoMore() throws InterruptedException {
        GuardedTelemetry guarded = watched(this::hangWhateverComes);
        for (int i = 0; i < 4; i++) {
            start(() -> guarded.handled(HANDLED));
        }
        await().until(() -> calls.get() == 4);

        turns(SECOND + GRACE);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).contains("keeps 4 thread(s)", " in handled()", "and others");
        clock.advance(Duration.ofHours(2));
        turns(GRACE);
        handle(guarded, 1);
        assertThat(calls).hasValue(4);
        assertThat(lines()).hasSize(2);

        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        turns(1);
        handle(guarded, 1);
        assertThat(calls).hasValue(5);
        assertThat(lines().get(2)).contains("is called again");
    }

    /** Callers never meet the timer's interrupt outside of the listener, whenever it strikes. */
    @RepeatedTest(10)
    void neverLeavesAnInterruptBehind() throws InterruptedException {
        AtomicInteger struck = new AtomicInteger();
        AtomicInteger leaked = new AtomicInteger();
        AtomicInteger running = new AtomicInteger(3);
        AtomicInteger turns = new AtomicInteger();
        // It returns by itself at about the time at which it is interrupted.
        GuardedTelemetry guarded = watched(() -> {
            int last = turns.get() + ThreadLocalRandom.current().nextInt(SECOND - 1, SECOND + 2);
            while (turns.get() < last && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(1_000);
            }
            struck.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        for (int i = 0; i < 3; i++) {
            start(() -> {
                for (int call = 0; call < 1_000; call++) {
                    guarded.handled(HANDLED);
                    leaked.addAndGet(Thread.interrupted() ? 1 : 0);
                }
                running.decrementAndGet();
            });
        }
        while (running.get() > 0) {
            clock.advance(Duration.ofHours(1));
            timer.pass();
            turns.incrementAndGet();
        }

        assertThat(leaked).hasValue(0);
        assertThat(struck).hasPositiveValue();
    }

    @Test
    void givesWhatKeepsNoEventWaitingMoreTime() throws InterruptedException {
        Telemetry guarded = watched(new Telemetry() {
            @Override
            public void opened(Producer<?, ?> producer) {
                hang();
            }
        });
        Thread caller = start(() -> guarded.opened((Producer<?, ?>) null));
        await().until(() -> caller.getState() == Thread.State.WAITING);

        turns(FIVE_SECONDS - 1);
        assertThat(lines()).isEmpty();
        turns(1);
        caller.join();

        assertThat(lines()).singleElement().asString().contains("opened()", "5 s");
    }

    private static Telemetry observing(Consumer<State> listener) {
        return new Telemetry() {
            @Override
            public void observed(Health health) {
                listener.accept(health.state());
            }
        };
    }

    @RepeatedTest(20)
    void observesOnAThreadOfItsOwnAndTellsTheNewest() {
        List<State> told = new CopyOnWriteArrayList<>();
        GuardedTelemetry guarded = watched(observing(state -> {
            told.add(state);
            hang();
        }));
        guarded.observed(Checkup.without(State.STARTING));
        await().until(() -> told.size() == 1);
        guarded.observed(Checkup.without(State.RUNNING));
        guarded.observed(Checkup.without(State.STOPPED));

        release.countDown();
        guarded.close();

        assertThat(told).containsExactly(State.STARTING, State.STOPPED);
    }

    @Test
    void endsThoughAnObservationHangs() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        GuardedTelemetry guarded = watched(observing(state -> {
            inside.countDown();
            hang();
        }));
        guarded.observed(Checkup.without(State.STARTING));
        inside.await();

        guarded.close();

        assertThat(lines()).singleElement().asString().contains("has not returned from observed() in time");
    }

    @Test
    void hasNothingForPrometheusWhenTheListenerThrowsAndSaysSoOnce() {
        List<Optional<String>> texts = new ArrayList<>(List.of(Optional.of("a"), Optional.of("b")));
        Telemetry guarded = watched(new Telemetry() {
            @Override
            public Optional<String> prometheus() {
                if (calls.getAndIncrement() < 2) {
                    throw new IllegalStateException("on purpose");
                }
                return texts.remove(0);
            }
        });

        assertThat(guarded.prometheus()).isEmpty();
        assertThat(guarded.prometheus()).isEmpty();
        assertThat(lines()).singleElement().asString().contains("threw in prometheus()");
        assertThat(guarded.prometheus()).contains("a");
        assertThat(guarded.prometheus()).contains("b");
    }

    @Test
    void asksForPrometheusThoughWhatIsThrownCannotBePrinted() {
        Telemetry guarded = watched(new Telemetry() {
            @Override
            public Optional<String> prometheus() {
                throw new Unprintable();
            }
        });

        assertThat(guarded.prometheus()).isEmpty();
        assertThat(lines()).last().asString().contains("threw in prometheus()", Unprintable.class.getName());
    }

    /** Else its gauges and what it holds of its clients would stay. */
    @Test
    void tellsOneThatIsCutOffHowTheServiceDoesAndWhatIsOpenedAndClosed() {
        List<String> told = new CopyOnWriteArrayList<>();
        GuardedTelemetry guarded = watched(new Telemetry() {
            @Override
            public void handled(Handled handled) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void encoded(Encoded encoded) {
                told.add("encoded");
            }

            @Override
            public void opened(Producer<?, ?> producer) {
                told.add("opened");
            }

            @Override
            public void closed(Producer<?, ?> producer) {
                told.add("closed");
            }

            @Override
            public void observed(Health health) {
                told.add(health.state().name());
            }
        });
        handle(guarded, 1);

        guarded.encoded(ENCODED);
        guarded.opened((Producer<?, ?>) null);
        guarded.closed((Producer<?, ?>) null);
        guarded.observed(Checkup.without(State.RUNNING));
        await().until(() -> told.contains("RUNNING"));
        guarded.observed(Checkup.without(State.STOPPED));
        guarded.close();

        assertThat(told).containsExactly("opened", "closed", "RUNNING", "STOPPED");
    }

    @Test
    void tellsOneThatFailedInObservingOnlyTheEnd() {
        List<State> told = new CopyOnWriteArrayList<>();
        GuardedTelemetry guarded = watched(observing(state -> {
            told.add(state);
            throw new IllegalStateException("on purpose");
        }));
        guarded.observed(Checkup.without(State.STARTING));
        await().until(() -> lines().size() == 1);

        guarded.observed(Checkup.without(State.RUNNING));
        handle(guarded, 1);
        guarded.encoded(ENCODED);
        guarded.observed(Checkup.without(State.FAILED));
        guarded.close();

        assertThat(told).containsExactly(State.STARTING, State.FAILED);
        assertThat(lines()).hasSize(1);
    }

    @Test
    void guardsEachOfSeveralByItself() {
        AtomicInteger heard = new AtomicInteger();
        GuardedListeners guards = new GuardedListeners(
                Telemetry.all(
                        Telemetry.NONE,
                        new Telemetry() {
                            @Override
                            public void handled(Handled handled) {
                                calls.incrementAndGet();
                                throw new IllegalStateException("on purpose");
                            }
                        },
                        new Telemetry() {
                            @Override
                            public void handled(Handled handled) {
                                heard.incrementAndGet();
                            }
                        }),
                clock);
        guards.watch(timer);

        handle(guards.orNone(), 3);
        clock.advance(Duration.ofSeconds(60));
        turns(1);
        handle(guards.orNone(), 3);
        guards.close();

        assertThat(calls).hasValue(2);
        assertThat(heard).hasValue(6);
        assertThat(new GuardedListeners(Telemetry.all(Telemetry.NONE), clock).orNone())
                .isSameAs(Telemetry.NONE);
    }

    @Test
    void hearsWhatAListenerBringsAboutItself() {
        Telemetry[] guarded = new Telemetry[1];
        AtomicInteger encoded = new AtomicInteger();
        guarded[0] = watched(new Telemetry() {
            @Override
            public void handled(Handled handled) {
                guarded[0].encoded(ENCODED);
            }

            @Override
            public void encoded(Encoded told) {
                encoded.incrementAndGet();
            }
        });

        handle(guarded[0], 2);

        assertThat(encoded).hasValue(2);
    }

    /** A default that is not overridden would be told to nobody. */
    @Test
    void passesOnAllThatTelemetryIsTold() {
        assertThat(Stream.of(Telemetry.class.getMethods()).filter(method -> method.getReturnType() == void.class))
                .hasSizeGreaterThan(15)
                .allSatisfy(method -> assertThat(
                                GuardedTelemetry.class.getMethod(method.getName(), method.getParameterTypes()))
                        .extracting(Method::getDeclaringClass)
                        .isEqualTo(GuardedTelemetry.class));
    }

    @Test
    void bypassesAllWhenNobodyListens() {
        GuardedTelemetry guarded = watched(Telemetry.NONE);

        assertThat(guarded.orNone()).isSameAs(Telemetry.NONE);
        assertThat(timer.waiting()).isZero();
        Telemetry other = new Telemetry() {};
        assertThat(watched(other).orNone()).isInstanceOf(GuardedTelemetry.class);
    }
}
