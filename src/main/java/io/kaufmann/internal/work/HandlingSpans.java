package io.kaufmann.internal.work;

import io.kaufmann.event.Meta;
import io.kaufmann.handler.Result;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Outbox.Cause;
import io.kaufmann.telemetry.Tracing;
import java.util.Optional;

/** Begins and ends the spans of handlings: one for each attempt. Immutable and thread-safe. */
final class HandlingSpans {

    private static final int PARKED = 0;

    private final Tracing tracing;
    private final String consumerGroup;

    HandlingSpans(Tracing tracing, String consumerGroup) {
        this.tracing = tracing;
        this.consumerGroup = consumerGroup;
    }

    /** The event in the span of an attempt that begins. */
    Cause begin(Delivery delivery, Cause cause) {
        return begin(delivery, cause, delivery.attempt());
    }

    /** The event in a span, over at once, of its being parked: for its dead letter, which is to be below what it came of. */
    Cause parked(Delivery delivery, Cause cause) {
        Cause followed = begin(delivery, cause, PARKED);
        followed.span().end();
        return followed;
    }

    private Cause begin(Delivery delivery, Cause cause, int attempt) {
        if (tracing == Tracing.NONE) {
            return cause;
        }
        return cause.within(tracing.handling(new Tracing.Handling(
                delivery.eventName(),
                delivery.record().topic(),
                delivery.record().partition(),
                delivery.record().offset(),
                consumerGroup,
                cause.meta().flatMap(Meta::messageId),
                attempt,
                delivery.record().headers())));
    }

    /** Ends it with what the handler answered; empty when that came too late. */
    void end(Cause cause, Optional<Result> result) {
        if (tracing == Tracing.NONE) {
            return;
        }
        if (result.isEmpty()) {
            cause.span().failed(HandlingFailedException.late());
        } else if (result.get() instanceof Result.Failure failure) {
            cause.span().failed(failure.error() instanceof Throwable error ? error : HandlingFailedException.told());
        }
        cause.span().end();
    }
}
