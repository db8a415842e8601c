package io.kaufmann.testing;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
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
 * @param unreadable why it cannot be read back, if it cannot: then it says nothing
 * @param naming where it tells its name
 * @param consumerGroup the group of the service
 */
record MockEvent(
        EventName eventName,
        ConsumerRecord<byte[], byte[]> record,
        Transcoder.Decoded decoded,
        Optional<String> unreadable,
        EventNaming naming,
        String consumerGroup)
        implements Event {

    /** The event of a record, whether it can be read or not. */
    static MockEvent of(
            EventName name,
            ConsumerRecord<byte[], byte[]> record,
            Transcoders transcoders,
            EventNaming naming,
            String consumerGroup) {
        Transcoder.Decoded decoded;
        Optional<String> unreadable = Optional.empty();
        try {
            decoded =
                    transcoders.decode(new Transcoder.Encoded(name, record.topic(), record.headers(), record.value()));
        } catch (TranscodeException e) {
            // Of a format that is written and not read, or a dead letter that is no event.
            decoded = new Transcoder.Decoded(Meta.empty(), Payload.of(name.base(), null));
            unreadable = Optional.of(String.valueOf(e.getMessage()));
        }
        return new MockEvent(name, record, decoded, unreadable, naming, consumerGroup);
    }

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
        String what = unreadable
                .map(why -> "(cannot be read back: " + why + ')')
                .orElseGet(() -> Values.text(payload().value()));
        return eventName.printable() + " to " + topic() + ' ' + what;
    }
}
