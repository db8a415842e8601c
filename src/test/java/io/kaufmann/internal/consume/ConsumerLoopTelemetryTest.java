package io.kaufmann.internal.consume;

import static io.kaufmann.internal.consume.LoopBench.finish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.kaufmann.health.Ending;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.Traffic;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Telemetry.Rebalanced.Change;
import io.kaufmann.testing.HearingTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerLoopTelemetryTest {

    private static final TopicPartition P0 = new TopicPartition("orders", 0);
    private static final TopicPartition P1 = new TopicPartition("orders", 1);

    private final HearingTelemetry telemetry = new HearingTelemetry();
    private final LoopBench bench = new LoopBench();

    ConsumerLoopTelemetryTest() {
        bench.telemetry = telemetry;
    }

    @AfterEach
    void speak() {
        bench.close();
    }

    @Test
    void tellsHowEachEventEnded() {
        bench.consumer.writeAll(List.of(P0), 3);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        bench.clock.advance(Duration.ofMillis(30));
        taken.get(0).enter(Stage.ANSWERING, bench.clock.nanos());
        finish(taken.get(0));
        taken.get(1).endsAs(Ending.FAILED);
        taken.get(1).nextAttempt();
        finish(taken.get(1));
        taken.get(2).finish(Outcome.DROPPED);
        bench.turn();

        assertThat(telemetry.heard(Telemetry.Finished.class))
                .extracting(Telemetry.Finished::ending, Telemetry.Finished::attempts)
                .containsExactlyInAnyOrder(tuple(Ending.HANDLED, 1), tuple(Ending.FAILED, 2), tuple(Ending.DROPPED, 1));
        Telemetry.Finished handled = telemetry.heard(Telemetry.Finished.class).stream()
                .filter(finished -> finished.ending() == Ending.HANDLED)
                .findFirst()
                .orElseThrow();
        assertThat(handled.age()).as("its record has no timestamp").isZero();
        assertThat(handled.event()).isEqualTo("order.placed");
        assertThat(handled.consumerGroup()).isEqualTo("g");
        assertThat(handled.latency().toMillis()).isEqualTo(30);

        Traffic traffic = bench.tally.traffic();
        assertThat(traffic.ended(Ending.HANDLED)).isEqualTo(1);
        assertThat(traffic.ended(Ending.FAILED)).isEqualTo(1);
        assertThat(traffic.ended(Ending.DROPPED)).isEqualTo(1);
        assertThat(traffic.retried()).isEqualTo(1);
        List<Long> latencies = traffic.latencies().counts();
        assertThat(latencies.stream().mapToLong(Long::longValue).sum()).isEqualTo(2);
        assertThat(latencies.get(Traffic.Latencies.bucket(Duration.ofMillis(30).toNanos())))
                .isEqualTo(1);
    }

    @Test
    void tellsTheAgeOfAnEventByItsTimestamp() {
        bench.consumer.timestamp = bench.clock.millis() - 5_000;
        bench.consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        bench.clock.advance(Duration.ofSeconds(2));
        taken.get(0).enter(Stage.ANSWERING, bench.clock.nanos());
        finish(taken);
        bench.turn();

        assertThat(telemetry.heard(Telemetry.Finished.class).get(0).age()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void anInventedTimestampCannotWreckTheSumOfAges() {
        bench.consumer.timestamp = 0;
        bench.consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        bench.clock.advance(Duration.ofDays(40));
        finish(bench.takeAll());
        bench.turn();

        assertThat(telemetry.heard(Telemetry.Finished.class).get(0).age()).isLessThanOrEqualTo(Duration.ofDays(30));
    }

    @Test
    void anAttemptThatWasNotMadeIsNotCounted() {
        bench.consumer.writeAll(List.of(P0), 1);
        bench.start(P0);
        Delivery delivery = bench.takeAll().get(0);
        delivery.nextAttempt();
        delivery.enter(Stage.RETRYING, bench.clock.nanos());
        delivery.finish(Outcome.DROPPED);
        bench.turn();

        assertThat(bench.tally.traffic().retried()).isZero();
        assertThat(telemetry.heard(Telemetry.Finished.class).get(0).attempts()).isEqualTo(1);
    }

    @Test
    void tellsHowManyRecordsWereForNoWorker() {
        for (int i = 0; i < 5; i++) {
            bench.consumer.write(P0, "unhandled.event", "{}");
        }
        bench.consumer.write(P0, "order.placed", "{}");
        bench.start(P0);

        assertThat(telemetry.heard(Telemetry.PassedOver.class))
                .containsExactly(new Telemetry.PassedOver("orders", 0, "g", 5));
        assertThat(bench.tally.traffic().passedOver()).isEqualTo(5);
    }

    @Test
    void tellsOfCommitsThatSucceedAndThatFail() {
        bench.consumer.writeAll(List.of(P0), 2);
        bench.start(P0);
        List<Delivery> taken = bench.takeAll();
        finish(taken.get(0));
        bench.commit();
        finish(taken.get(1));
        bench.consumer.commitAnswers.add(new TimeoutException("silence, on purpose"));
        bench.commit();

        assertThat(telemetry.heard(Telemetry.Committed.class))
                .containsExactly(
                        new Telemetry.Committed("g", Set.of(P0), false),
                        new Telemetry.Committed("g", Set.of(P0), true));
    }

    @Test
    void tellsOfPartitionsThatAreGivenAndTaken() {
        bench.start(P0, P1);
        bench.consumer.duringPoll.add(() -> bench.consumer.revoke(P1));
        bench.turn();

        assertThat(telemetry.heard(Telemetry.Rebalanced.class))
                .containsExactly(
                        new Telemetry.Rebalanced("g", Change.ASSIGNED, Set.of(P0, P1)),
                        new Telemetry.Rebalanced("g", Change.REVOKED, Set.of(P1)));
    }

    @Test
    void tellsOnceWhenAPartitionIsPausedAndWhy() {
        bench.maxEvents = 3;
        bench.consumer.writeAll(List.of(P0), 10);
        bench.start(P0);
        bench.turns(5);

        assertThat(telemetry.heard(Telemetry.Paused.class))
                .containsExactly(new Telemetry.Paused("orders", 0, "g", Pause.FULL_SHARE));

        finish(bench.takeAll());
        bench.turns(2);
        assertThat(telemetry.heard(Telemetry.Paused.class)).hasSize(1);
    }
}
