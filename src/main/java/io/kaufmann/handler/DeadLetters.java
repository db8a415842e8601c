package io.kaufmann.handler;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which topic keeps an event that failed for good, so that it can be looked at and delivered again. The record that goes there
 * has the event's own key, value, headers and timestamp, and headers that tell what went wrong. Must be thread-safe and quick.
 *
 * <p>An event is done when its dead letter and its error event are acknowledged. A topic that does not exist or must not be
 * written to makes its events wait: nothing vanishes because a setting is wrong.
 */
@FunctionalInterface
public interface DeadLetters {

    /**
     * The topic for an event.
     *
     * @param letter the event, and what went wrong
     * @return a topic that the service does not read; empty when no dead letter is to be written for this event, and
     *     one that was to be parked is handled instead
     */
    Optional<String> topic(DeadLetter letter);

    /** The topics that must exist when the service starts; may be empty when they are not known before. */
    default Set<String> topics() {
        return Set.of();
    }

    /**
     * No dead letters: a failed event is answered by its error event alone.
     *
     * @return the rule
     */
    static DeadLetters none() {
        return letter -> Optional.empty();
    }

    /**
     * One topic for all.
     *
     * @param topic the topic
     * @return the rule
     */
    static DeadLetters to(String topic) {
        Objects.requireNonNull(topic, "topic");
        return new DeadLetters() {
            @Override
            public Optional<String> topic(DeadLetter letter) {
                return Optional.of(topic);
            }

            @Override
            public Set<String> topics() {
                return Set.of(topic);
            }
        };
    }
}
