package io.kaufmann.internal.handoff;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An answer that is kept with the event it came of until one transaction takes both. Immutable.
 *
 * @param record the answer
 * @param outgoing it as it is sent, its partition chosen
 * @param partitions for a topic of so many partitions
 * @param acknowledgement hears what becomes of it
 */
public record KeptAnswer(
        OutgoingRecord record,
        ProducerRecord<byte[], byte[]> outgoing,
        int partitions,
        Outbox.Acknowledgement acknowledgement) {

    /** The memory that it takes, about. */
    public long bytes() {
        long bytes = length(outgoing.key()) + length(outgoing.value());
        for (Header header : outgoing.headers()) {
            bytes += header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte[] some) {
        return some == null ? 0 : some.length;
    }
}
