package io.kaufmann.internal.work;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.internal.handoff.Delivery;

/** A delivery that was decoded. */
final class DecodedEvent extends FromRecord implements Event {

    private final EventName name;
    private final Decoded decoded;

    DecodedEvent(Delivery delivery, String consumerGroup, EventName name, Decoded decoded) {
        super(delivery, consumerGroup);
        this.name = name;
        this.decoded = decoded;
    }

    /** The same event for its delivery's present attempt. */
    DecodedEvent forAttempt(String consumerGroup) {
        return new DecodedEvent(delivery, consumerGroup, name, decoded);
    }

    @Override
    public String name() {
        return name.base();
    }

    @Override
    public Payload payload() {
        return decoded.payload();
    }

    @Override
    public Meta meta() {
        return decoded.meta();
    }
}
