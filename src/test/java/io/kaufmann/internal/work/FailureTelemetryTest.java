package io.kaufmann.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.health.Ending;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.HearingTelemetry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureTelemetryTest {

    private final HearingTelemetry telemetry = new HearingTelemetry();
    private final ProcessorBench bench = new ProcessorBench();

    FailureTelemetryTest() {
        bench.telemetry = telemetry;
        bench.handler = event -> {
            throw new IllegalStateException("on purpose");
        };
    }

    @AfterEach
    void speak() {
        bench.close();
    }

    @Test
    void anEventThatIsHandledEndsSo() {
        bench.handler = event -> Result.noReply();

        assertThat(bench.handle().ending()).isEqualTo(Ending.HANDLED);
        assertThat(telemetry.heard(Telemetry.ErrorSent.class)).isEmpty();
    }

    @Test
    void anEventThatFailsEndsWithAnErrorEvent() {
        Delivery delivery = bench.handle();

        assertThat(delivery.ending()).isEqualTo(Ending.FAILED);
        assertThat(telemetry.heard(Telemetry.ErrorSent.class))
                .containsExactly(new Telemetry.ErrorSent("order.placed", "orders", 3, "the-group"));
        assertThat(telemetry.heard(Telemetry.DeadLettered.class)).isEmpty();
    }

    @Test
    void anErrorEventThatFailsEndsWithoutOne() {
        Delivery delivery = bench.handle("event.error.order.placed", "{}");

        assertThat(delivery.ending()).isEqualTo(Ending.FAILED);
        assertThat(telemetry.heard(Telemetry.ErrorSent.class)).isEmpty();
    }

    @Test
    void eachFurtherAttemptIsTold() {
        bench.retries = RetryPolicy.fixed(3, Duration.ofMillis(20));
        bench.handle();
        bench.pass();
        bench.pass();

        assertThat(telemetry.heard(Telemetry.Retried.class))
                .extracting(Telemetry.Retried::attempt)
                .containsExactly(1, 2);
        assertThat(telemetry.heard(Telemetry.Retried.class).get(0))
                .isEqualTo(new Telemetry.Retried("order.placed", "orders", 3, "the-group", 1, Duration.ofMillis(20)));
        assertThat(telemetry.heard(Telemetry.Handled.class)).hasSize(3);
    }

    @Test
    void aDeadLetterIsToldWhenItIsAcknowledged() {
        bench.deadLetters = DeadLetters.to("dead");
        bench.outbox.late = true;
        Delivery delivery = bench.handle();
        assertThat(telemetry.heard(Telemetry.DeadLettered.class)).isEmpty();

        bench.outbox.answer(0, java.util.Optional.empty());
        bench.work();

        assertThat(telemetry.heard(Telemetry.DeadLettered.class))
                .containsExactly(new Telemetry.DeadLettered("order.placed", "orders", 3, "the-group", "handle"));
        assertThat(delivery.ending()).isEqualTo(Ending.DEAD_LETTERED);
    }

    @Test
    void whatCannotBeDecodedFailsInThatStage() {
        bench.deadLetters = DeadLetters.to("dead");
        Delivery delivery = bench.handle("order.placed", "undecodable");

        assertThat(telemetry.heard(Telemetry.DeadLettered.class))
                .extracting(Telemetry.DeadLettered::stage)
                .containsExactly("decode");
        assertThat(delivery.ending()).isEqualTo(Ending.DEAD_LETTERED);
    }

    @Test
    void whatWaitsForAReplysAcknowledgementTakesThatTimeToo() {
        bench.handler = event -> Result.reply("order.accepted", java.util.Map.of());
        bench.outbox.late = true;
        Delivery delivery = bench.handle();
        bench.clock.advance(Duration.ofMillis(70));
        bench.outbox.answer(0, java.util.Optional.empty());

        assertThat(bench.clock.since(delivery.stageNanos()).toMillis()).isZero();
    }
}
