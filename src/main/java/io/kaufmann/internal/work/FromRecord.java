package io.kaufmann.internal.work;

import io.kaufmann.event.ConsumedRecord;
import io.kaufmann.event.EventName;
import io.kaufmann.internal.handoff.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The facts of a delivery's record, as a handler sees them. */
abstract class FromRecord implements ConsumedRecord {

    final Delivery delivery;
    private final String consumerGroup;
    private final int attempt;

    FromRecord(Delivery delivery, String consumerGroup) {
        this.delivery = delivery;
        if (delivery.record().headers() instanceof RecordHeaders headers) {
            // Handlers share them with replies that are sent again.
            headers.setReadOnly();
        }
        this.consumerGroup = consumerGroup;
        this.attempt = delivery.attempt();
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(delivery.record().key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> orderingKey() {
        return delivery.name().flatMap(EventName::orderingKey);
    }

    @Override
    public String topic() {
        return delivery.record().topic();
    }

    @Override
    public int partition() {
        return delivery.record().partition();
    }

    @Override
    public long offset() {
        return delivery.record().offset();
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochMilli(delivery.record().timestamp());
    }

    @Override
    public Headers headers() {
        return delivery.record().headers();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public String consumerGroup() {
        return consumerGroup;
    }

    /** The event and its place: what an event says stays out of logs. */
    @Override
    public String toString() {
        return delivery.toString();
    }
}
