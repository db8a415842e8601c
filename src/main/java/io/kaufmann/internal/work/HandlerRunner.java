package io.kaufmann.internal.work;

import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.internal.handoff.Seat;
import io.kaufmann.internal.handoff.Stage;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;

/** Calls the handler, in a way that lets its time be ended and that no throwable gets past. Thread-safe. */
final class HandlerRunner {

    private final EventHandler handler;
    private final String consumerGroup;
    private final Telemetry telemetry;
    private final Clock clock;

    HandlerRunner(EventProcessor.Parts parts) {
        this.handler = parts.handler();
        this.consumerGroup = parts.consumerGroup();
        this.telemetry = parts.telemetry();
        this.clock = parts.clock();
    }

    /** What the handler answers; empty when its time was over, so that the delivery is somebody else's by now. */
    Optional<Result> run(Delivery delivery, Cause cause, Seat seat) {
        // Asked before the handler is called: afterwards the delivery may not be this worker's any more.
        String event = delivery.eventName();
        long start = clock.nanos();
        Duration waited = Duration.ofNanos(Math.max(0, start - delivery.stageNanos()));
        delivery.enter(Stage.RUNNING, start);
        HandlerCall call = new HandlerCall(delivery, cause, Thread.currentThread(), start);
        seat.enter(call);
        Result result = call(cause);
        boolean inTime = call.returned();
        seat.leave();
        long end = clock.nanos();
        if (inTime) {
            delivery.enter(Stage.ANSWERING, end);
        }
        telemetry.handled(new Telemetry.Handled(
                event,
                delivery.record().topic(),
                delivery.record().partition(),
                handler.getClass().getName(),
                consumerGroup,
                waited,
                Duration.ofNanos(end - start)));
        return inTime ? Optional.of(result) : Optional.empty();
    }

    private Result call(Cause cause) {
        try {
            Result result = cause.record() instanceof UndecodableEvent error
                    ? handler.givenError(error)
                    : handler.givenEvent(cause.event().orElseThrow());
            return result == null ? Result.failure("The handler returned null instead of a Result") : result;
        } catch (Throwable e) {
            // Whatever a handler throws is its event's failure and nobody else's.
            return Result.failure(e);
        }
    }
}
