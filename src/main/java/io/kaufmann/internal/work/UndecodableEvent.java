package io.kaufmann.internal.work;

import io.kaufmann.event.ErrorEvent;
import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Delivery;
import java.util.Optional;

/** A delivery that could not be decoded. */
final class UndecodableEvent extends FromRecord implements ErrorEvent {

    private final Exception error;

    UndecodableEvent(Delivery delivery, String consumerGroup, Exception error) {
        super(delivery, consumerGroup);
        this.error = error;
    }

    @Override
    public Optional<String> name() {
        return delivery.name().map(EventName::base);
    }

    @Override
    public Exception error() {
        return error;
    }

    @Override
    public Optional<byte[]> rawPayload() {
        return Optional.ofNullable(delivery.record().value());
    }
}
