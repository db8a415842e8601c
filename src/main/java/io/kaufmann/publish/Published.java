package io.kaufmann.publish;

import java.util.List;

/**
 * What was written where: each record of a publication, acknowledged by the broker. Immutable and thread-safe.
 *
 * @param event the event's name, with its ordering key
 * @param records one for each target, in their order; empty when the only target was a callback topic and none was named
 */
public record Published(String event, List<Written> records) {

    /** Copies the list. */
    public Published {
        records = List.copyOf(records);
    }

    /**
     * One acknowledged record.
     *
     * @param topic its topic
     * @param partition its partition
     * @param offset its offset
     */
    public record Written(String topic, int partition, long offset) {}
}
