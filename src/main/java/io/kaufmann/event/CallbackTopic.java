package io.kaufmann.event;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the sender of an event awaits the answer. Immutable and thread-safe.
 *
 * @param topic the topic; empty means that no answer is awaited
 * @param partition the partition of it; empty leaves the choice to the answering service
 */
public record CallbackTopic(Optional<String> topic, OptionalInt partition) {

    /** Checks that no part is null. */
    public CallbackTopic {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(partition, "partition");
    }

    /**
     * Any partition of a topic.
     *
     * @param topic the topic's name
     * @return the callback topic
     */
    public static CallbackTopic of(String topic) {
        return new CallbackTopic(Optional.of(topic), OptionalInt.empty());
    }

    /**
     * One partition of a topic.
     *
     * @param topic the topic's name
     * @param partition the partition, from 0
     * @return the callback topic
     */
    public static CallbackTopic of(String topic, int partition) {
        return new CallbackTopic(Optional.of(topic), OptionalInt.of(partition));
    }
}
