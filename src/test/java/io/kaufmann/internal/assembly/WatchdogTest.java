package io.kaufmann.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.health.Health;
import io.kaufmann.health.State;
import io.kaufmann.internal.consume.StuckService;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Log;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchdogTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final StuckService service = new StuckService();
    private final Watchdog watchdog = new Watchdog(
            service.consumers(),
            service.workers(),
            java.util.Optional.empty(),
            LIMIT,
            LIMIT,
            new Tally(Telemetry.NONE, "g", service.clock()),
            service.clock());
    private final Log log = Log.debug("io.kaufmann.stalls");

    @AfterEach
    void close() throws InterruptedException {
        log.close();
        service.end();
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
        assertThat(watchdog.health(State.RUNNING).status()).isEqualTo(Health.Status.UP);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void tellsOnceWhatIsStuckWithItsPlaceItsWorkerAndTheWorkersStack() {
        service.start();
        service.hang(2);
        pass(LIMIT.minusSeconds(1));
        assertThat(watchdog.health(State.RUNNING).status()).isEqualTo(Health.Status.UP);

        pass(Duration.ofSeconds(2));
        pass(Duration.ofSeconds(2));

        Health health = watchdog.health(State.RUNNING);
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
        assertThat(watchdog.health(State.RUNNING).status()).isEqualTo(Health.Status.STALLED);

        service.release();
        await().until(() -> {
            service.turn();
            return watchdog.health(State.RUNNING).status() == Health.Status.UP;
        });
        watchdog.turn();

        assertThat(log.lines()).last().asString().contains("Nothing is stalled any more");
    }

    @Test
    void seesAConsumerThreadThatTakesNoTurns() {
        service.start();
        service.clock().advance(LIMIT.plusSeconds(1));
        assertThat(watchdog.health(State.RUNNING).problems())
                .anyMatch(problem -> problem.startsWith("kaufmann-consumer-1 has not polled for 31 s"));
    }

    /** Its partition is no longer this consumer's, so that no report of it tells of the event. */
    @Test
    void seesWhatIsStuckAfterItsPartitionWasTakenAway() {
        service.start();
        service.hang(2);
        service.lose();
        pass(LIMIT.plusSeconds(1));

        Health health = watchdog.health(State.RUNNING);
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
        assertThat(watchdog.health(State.RUNNING).problems()).isEmpty();

        pass(LIMIT);

        assertThat(watchdog.health(State.RUNNING).problems())
                .singleElement()
                .asString()
                .startsWith("kaufmann-consumer-1 has not been able to commit what is finished for 35 s")
                .contains("not yours");
        pass(Duration.ofSeconds(5));
        assertThat(watchdog.health(State.RUNNING).status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void isDownWhenTheServiceDoesNotRun() {
        assertThat(watchdog.health(State.DRAINING).status()).isEqualTo(Health.Status.DOWN);
        assertThat(Watchdog.without(State.FAILED).problems()).containsExactly("The service is FAILED");
    }
}
