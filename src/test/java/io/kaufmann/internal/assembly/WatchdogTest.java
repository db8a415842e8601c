package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.kaufmann.health.Reachability;
import io.kaufmann.health.State;
import io.kaufmann.health.WorkerHealth;
import io.kaufmann.internal.consume.StuckService;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.time.ManualTimer;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Log;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final StuckService service = new StuckService();
    private final ScriptedAnswers answers = new ScriptedAnswers(service.clock());
    private final List<Health> observed = new CopyOnWriteArrayList<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private RuntimeException telemetryThrows;
    private final Watchdog watchdog = watchdog(false);
    private final Log log = Log.debug("io.kaufmann.stalls");

    @AfterEach
    void close() throws InterruptedException {
        log.close();
        service.end();
    }

    private Watchdog watchdog(boolean stalledNotLive) {
        return new Watchdog(
                new Watched(
                        service.consumers(),
                        service.workers(),
                        Optional.empty(),
                        new Tally(Telemetry.NONE, "g"),
                        service.failures(),
                        answers.probe(),
                        new Watched.Limits(LIMIT, LIMIT, stalledNotLive)),
                state::get,
                new Observer(),
                service.clock());
    }

    private final class Observer implements Telemetry {

        @Override
        public void observed(Health health) {
            observed.add(health);
            if (telemetryThrows != null) {
                throw telemetryThrows;
            }
        }
    }

    private void pass(Duration time) {
        service.clock().advance(time);
        service.turn();
        watchdog.turn();
    }

    @Test
    void isQuietWhileEventsGoOn() {
        service.start();
        pass(LIMIT.multipliedBy(2));
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.UP);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void tellsOnceWhatIsStuckWithItsPlaceItsWorkerAndTheWorkersStack() {
        service.start();
        service.hang(2);
        pass(LIMIT.minusSeconds(1));
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.UP);

        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));

        Health health = watchdog.health();
        assertThat(health.status()).isEqualTo(Health.Status.STALLED);
        assertThat(health.problems())
                .anyMatch(problem -> problem.contains("order.placed from orders-0@0 has been running in its handler"));
        assertThat(log.lines())
                .filteredOn(line -> line.contains("orders-0@0"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line).startsWith("STALLED: order.placed from orders-0@0");
                    assertThat(line).contains("kaufmann-worker-", "StuckService.hangUntilReleased");
                });
        assertThat(health.partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.running().orElseThrow().age()).isGreaterThanOrEqualTo(LIMIT);
            assertThat(partition.queued()).isPresent();
        });
    }

    @Test
    void isQuietAgainWhenItGoesOn() {
        service.start();
        service.hang(2);
        pass(LIMIT.plusSeconds(1));
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.STALLED);

        service.release();
        await().until(() -> {
            service.turn();
            return watchdog.health().status() == Health.Status.UP;
        });
        watchdog.turn();

        assertThat(log.lines()).last().asString().contains("Nothing is stalled any more");
    }

    @Test
    void seesAConsumerThreadThatTakesNoTurns() {
        service.start();
        service.clock().advance(LIMIT.plusSeconds(1));
        assertThat(watchdog.health().problems())
                .anyMatch(problem -> problem.startsWith("kaufmann-consumer-1 has not polled for 31 s"));
    }

    /** Its partition is no longer this consumer's, so that no report of it tells of the event. */
    @Test
    void seesWhatIsStuckAfterItsPartitionWasTakenAway() {
        service.start();
        service.hang(2);
        service.lose();
        pass(LIMIT.plusSeconds(1));

        Health health = watchdog.health();
        assertThat(health.partitions()).isEmpty();
        assertThat(health.problems()).singleElement().asString().contains("orders-0@0 has been running in its handler");
        assertThat(log.lines()).singleElement().asString().contains("StuckService.hangUntilReleased");
    }

    @Test
    void logsAConsumerThreadThatTakesNoTurns() {
        service.start();
        service.clock().advance(LIMIT.plusSeconds(1));
        watchdog.turn();
        watchdog.turn();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("STALLED: kaufmann-consumer-1 has not polled for 31 s");
    }

    /** Its events are handled all the same, so that nothing else would tell of it. */
    @Test
    void seesThatNothingCanBeCommittedUntilItCan() {
        service.start();
        service.refuseCommits(3, "not yours");
        pass(Duration.ofSeconds(5));
        assertThat(watchdog.health().problems()).isEmpty();

        pass(LIMIT);

        assertThat(watchdog.health().problems())
                .singleElement()
                .asString()
                .startsWith("kaufmann-consumer-1 has not been able to commit what is finished for 35 s")
                .contains("not yours");
        assertThat(watchdog.health().partitions()).isNotEmpty().allMatch(PartitionHealth::stalled);
        pass(Duration.ofSeconds(5));
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.UP);
        assertThat(watchdog.health().partitions()).noneMatch(PartitionHealth::stalled);
    }

    @Test
    void isDownWhenTheServiceDoesNotRun() {
        state.set(State.DRAINING);
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(Checkup.without(State.FAILED).problems()).containsExactly("The service is FAILED");
    }

    private void reachAll() {
        answers.reachAll();
        service.start();
        pass(Duration.ofSeconds(2));
    }

    @Test
    void isReadyOnlyWhenBrokerAndRegistryHaveBeenReached() {
        service.start();
        pass(Duration.ofSeconds(2));
        assertThat(watchdog.health().live()).isTrue();
        assertThat(watchdog.health().ready()).as("before they were asked").isFalse();

        answers.reachAll();
        assertThat(watchdog.health().ready()).isTrue();

        answers.ask(Optional.of("no broker"), Optional.empty());
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog.health().problems()).containsExactly("no broker");
        answers.ask(Optional.empty(), Optional.of("no registry"));
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog.health().problems()).containsExactly("no registry");
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void isLiveThroughAnOutageHoweverLong() {
        reachAll();
        answers.ask(Optional.of("no broker"), Optional.of("no registry"));
        for (int hour = 0; hour < 48; hour++) {
            pass(Duration.ofHours(1));
            answers.ask(Optional.of("no broker"), Optional.of("no registry"));
            assertThat(watchdog.health().live()).isTrue();
        }
        assertThat(watchdog.health().probes().broker().lasting()).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void isNotReadyWhenTheLastAnswerIsTooOld() {
        reachAll();
        answers.reachAll();
        pass(ScriptedAnswers.INTERVAL.plusSeconds(29));
        assertThat(watchdog.health().ready()).isTrue();
        pass(Duration.ofSeconds(1));
        Health late = watchdog.health();
        assertThat(late.ready()).isFalse();
        assertThat(late.live()).isTrue();
        assertThat(late.probes().broker()).isEqualTo(Reachability.UNKNOWN);
        assertThat(late.probes().registry()).isEqualTo(Reachability.UNKNOWN);
        assertThat(late.problems()).singleElement().asString().contains("kaufmann-probe gets to no end");
        answers.reachAll();
        assertThat(watchdog.health().ready()).isTrue();
    }

    @Test
    void isNotLiveWhenItsProbeHasDied() {
        reachAll();
        assertThat(watchdog.health().live()).isTrue();
        answers.breakQuestions();
        answers.probe().start();
        await().until(() -> !watchdog.health().live());
        assertThat(watchdog.health().problems()).singleElement().asString().contains("kaufmann-probe has died");
        state.set(State.STOPPED);
        assertThat(watchdog.health().live()).isTrue();
    }

    @Test
    void isNotReadyBeforeItsConsumerIsInTheGroup() {
        answers.reachAll();
        assertThat(watchdog.health().live()).isTrue();
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog.health().problems()).containsExactly("kaufmann-consumer-1 is not in its group yet");
        reachAll();
        assertThat(watchdog.health().ready()).isTrue();
    }

    /** A handler that hangs is shown; only by choice does it make the service not live. */
    @Test
    void isLiveAndReadyWithAStalledEventUnlessItIsToBeRestartedThen() {
        reachAll();
        service.hang(2);
        answers.end(50);
        pass(LIMIT.plusSeconds(1));

        Health health = watchdog.health();
        assertThat(health.status()).isEqualTo(Health.Status.STALLED);
        assertThat(health.live()).isTrue();
        assertThat(health.ready()).isTrue();
        assertThat(health.partitions()).singleElement().satisfies(partition -> {
            assertThat(partition.stalled()).isTrue();
            assertThat(partition.lag()).hasValue(50);
        });
        assertThat(health.workers()).isEqualTo(new WorkerHealth(1, 1, 0, 1));
        Health byChoice = watchdog(true).health();
        assertThat(byChoice.live()).isFalse();
        assertThat(byChoice.ready()).isTrue();
    }

    /** The position is newer than the end that the last probe found. */
    @Test
    void countsTheLagFromWhicheverIsFurther() {
        service.start();
        service.hang(3);
        pass(Duration.ofSeconds(2));
        assertThat(lag()).isEmpty();
        answers.end(1);
        assertThat(lag()).hasValue(3);
        answers.end(7);
        assertThat(lag()).hasValue(7);
        answers.ask(Optional.of("no broker"), Optional.empty());
        assertThat(lag()).as("as it was last known").hasValue(7);
    }

    private OptionalLong lag() {
        return watchdog.health().partitions().get(0).lag();
    }

    /** With a choice for restarts too: what cannot be committed for an outage is no reason for one. */
    @Test
    void isLiveThoughNothingCanBeCommittedButNotReadyInTheLongRun() {
        answers.reachAll();
        service.start();
        service.refuseCommits(3, "not yours");
        pass(Duration.ofSeconds(5));
        assertThat(watchdog.health().ready()).isTrue();
        pass(LIMIT);
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog(true).health().live()).isTrue();
    }

    @Test
    void isNotLiveWhenAConsumerTakesNoTurnWithinItsLimit() {
        reachAll();
        service.clock().advance(LIMIT.minusSeconds(1));
        assertThat(watchdog.health().live()).isTrue();
        service.clock().advance(Duration.ofSeconds(1));
        assertThat(watchdog.health().live()).isFalse();
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog.health().problems())
                .anyMatch(problem -> problem.startsWith("kaufmann-consumer-1 has taken no turn for 30 s"));
        state.set(State.DRAINING);
        assertThat(watchdog.health().live()).isFalse();
        state.set(State.STOPPED);
        assertThat(watchdog.health().live()).isTrue();
        assertThat(watchdog.health().ready()).isFalse();
    }

    @Test
    void isNotLiveWhenItsConsumerThreadHasDiedButWhenItWasStopped() throws InterruptedException {
        reachAll();
        service.dieInItsConsumerThread();
        assertThat(watchdog.health().live()).isFalse();
        assertThat(watchdog.health().ready()).isFalse();
        assertThat(watchdog.health().status()).isEqualTo(Health.Status.STALLED);
        assertThat(watchdog.health().problems()).singleElement().asString().startsWith("kaufmann-consumer-1 has died");
        state.set(State.DRAINING);
        assertThat(watchdog.health().live()).isTrue();
        state.set(State.FAILED);
        assertThat(watchdog.health().live()).isFalse();
        assertThat(watchdog.health().partitions()).isEmpty();
    }

    @Test
    void isNotLiveWhenTheTimerDoesNotTurn() {
        reachAll();
        ManualTimer timer = new ManualTimer();
        watchdog.watch(timer);
        pass(LIMIT.minusSeconds(1));
        assertThat(watchdog.health().live()).isTrue();
        timer.pass();
        pass(LIMIT.minusSeconds(1));
        assertThat(watchdog.health().live()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(watchdog.health().live()).isFalse();
        assertThat(watchdog.health().problems()).anyMatch(problem -> problem.startsWith("kaufmann-timer does not"));
    }

    @Test
    void tellsTheTelemetryEachTurnAndOnceMoreAtTheEndAndNothingAfterThat() {
        reachAll();
        service.hang(1);
        pass(Duration.ofSeconds(2));
        assertThat(observed).hasSize(2).last().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.RUNNING);
            assertThat(health.partitions()).hasSize(1);
        });
        state.set(State.STOPPED);
        watchdog.end();
        watchdog.turn();

        assertThat(observed).hasSize(3).last().satisfies(health -> {
            assertThat(health.state()).isEqualTo(State.STOPPED);
            assertThat(health.partitions()).isEmpty();
        });
    }

    /** The guard that the service puts around it lets nothing through: this is for what it cannot keep off. */
    @Test
    void goesOnThoughTheTelemetryThrows() {
        reachAll();
        telemetryThrows = new IllegalStateException("no");
        ManualTimer timer = new ManualTimer();
        watchdog.watch(timer);
        for (int turn = 0; turn < 3; turn++) {
            assertThatThrownBy(timer::pass).isSameAs(telemetryThrows);
        }
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(observed).hasSizeGreaterThan(3);
    }
}
