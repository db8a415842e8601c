package io.kaufmann.event;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** Where an event came from: the facts of its Kafka record. Implementations are immutable and thread-safe. */
public interface ConsumedRecord {

    /** The record's key as text; empty when the record has none. */
    Optional<String> key();

    /** The ordering key: under the default naming the part of the key after its first {@code #}. */
    Optional<String> orderingKey();

    /** The topic the record was read from. */
    String topic();

    /** The partition the record was read from. */
    int partition();

    /** The record's offset in its partition. */
    long offset();

    /** The record's timestamp, set by its producer or by the broker, as the topic is configured. */
    Instant timestamp();

    /** The record's headers, read-only. */
    Headers headers();

    /**
     * Which attempt at handling it this is, from 1. Attempts are counted in memory: after a crash or a rebalance they begin at
     * 1 again.
     */
    int attempt();

    /** The consumer group that this service reads with. */
    String consumerGroup();

    /** {@code topic-partition@offset}, as it stands in messages. */
    default String position() {
        return topic() + "-" + partition() + "@" + offset();
    }
}
