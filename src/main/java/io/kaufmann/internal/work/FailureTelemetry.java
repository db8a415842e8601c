package io.kaufmann.internal.work;

import io.kaufmann.handler.DeadLetter;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.Locale;

/** Tells the telemetry what comes of failures. Thread-safe, as the telemetry is. */
record FailureTelemetry(Telemetry telemetry, String consumerGroup) {

    /** An event will be handled again. */
    void retried(Delivery delivery, Duration delay) {
        telemetry.retried(new Telemetry.Retried(
                delivery.eventName(), topic(delivery), partition(delivery), consumerGroup, delivery.attempt(), delay));
    }

    /** An error event that tells of an event's failure was acknowledged. */
    void errorSent(Delivery delivery) {
        telemetry.errorSent(
                new Telemetry.ErrorSent(delivery.eventName(), topic(delivery), partition(delivery), consumerGroup));
    }

    /** A dead letter was acknowledged. */
    void deadLettered(Delivery delivery, DeadLetter.Stage stage) {
        telemetry.deadLettered(new Telemetry.DeadLettered(
                delivery.eventName(),
                topic(delivery),
                partition(delivery),
                consumerGroup,
                stage.name().toLowerCase(Locale.ROOT)));
    }

    private static String topic(Delivery delivery) {
        return delivery.record().topic();
    }

    private static int partition(Delivery delivery) {
        return delivery.record().partition();
    }
}
