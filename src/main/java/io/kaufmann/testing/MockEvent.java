package io.kaufmann.testing;

import io.kaufmann.codec.Transcoder;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * An event that was sent, read back from its record.
 *
 * @param eventName its name
 * @param record its record
 * @param decoded what it says
 * @param naming where it tells its name
 * @param consumerGroup the group of the service
 */
record MockEvent(
        EventName eventName,
        ConsumerRecord<byte[], byte[]> record,
        Transcoder.Decoded decoded,
        EventNaming naming,
        String consumerGroup)
        implements Event {

    @Override
    public String name() {
        return eventName.base();
    }

    @Override
    public Payload payload() {
        return decoded.payload();
    }

    @Override
    public Meta meta() {
        return decoded.meta();
    }

    @Override
    public Optional<String> key() {
        return Optional.ofNullable(record.key()).map(key -> new String(key, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> orderingKey() {
        return naming.orderingKey(Optional.of(eventName), record.key());
    }

    @Override
    public String topic() {
        return record.topic();
    }

    @Override
    public int partition() {
        return record.partition();
    }

    @Override
    public long offset() {
        return record.offset();
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    @Override
    public Headers headers() {
        return record.headers();
    }

    @Override
    public int attempt() {
        return 1;
    }

    /** Name, place and payload: it is a test's own. */
    @Override
    public String toString() {
        return eventName.printable() + " to " + topic() + ' '
                + Values.text(payload().value());
    }
}
