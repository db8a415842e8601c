package io.kaufmann.internal.handoff;

import io.kaufmann.event.EventName;
import io.kaufmann.publish.Target;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.Headers;

/**
 * An encoded record, ready to be sent. Immutable, but for the headers, which nobody changes any more.
 *
 * @param name the event's name
 * @param target which target of the publication it is for
 * @param topic where it goes
 * @param partition chooses the partition once the topic's number of partitions is known; empty leaves it to the producer
 * @param key the record's key; null for none
 * @param value the encoded event; null for a dead letter that has no value
 * @param headers the record's headers
 * @param timestamp the record's timestamp; empty leaves it to the producer
 */
public record OutgoingRecord(
        EventName name,
        Target target,
        String topic,
        IntFunction<OptionalInt> partition,
        byte[] key,
        byte[] value,
        Headers headers,
        OptionalLong timestamp) {

    /** The same with other headers. */
    public OutgoingRecord with(Headers others) {
        return new OutgoingRecord(name, target, topic, partition, key, value, others, timestamp);
    }

    /** The size of its value in bytes. */
    public int size() {
        return value == null ? 0 : value.length;
    }
}
