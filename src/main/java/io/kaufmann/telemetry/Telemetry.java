package io.kaufmann.telemetry;

import java.time.Duration;

/**
 * Hears what the service does, event by event. Called by many threads at once, on the way of each event: it must be
 * thread-safe and quick. Each method does nothing unless overridden. An exception that it throws is logged and goes no
 * further.
 */
public interface Telemetry {

    /** Hears nothing. */
    Telemetry NONE = new Telemetry() {};

    /**
     * An event was decoded.
     *
     * @param decoded the facts
     */
    default void decoded(Decoded decoded) {}

    /**
     * A handler returned or threw.
     *
     * @param handled the facts
     */
    default void handled(Handled handled) {}

    /**
     * An event was encoded.
     *
     * @param encoded the facts
     */
    default void encoded(Encoded encoded) {}

    /**
     * A record was acknowledged by the broker.
     *
     * @param published the facts
     */
    default void published(Published published) {}

    /**
     * An event was decoded.
     *
     * @param event its name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param offset where it came from
     * @param consumerGroup the group it was read by
     * @param size the value's size in bytes
     * @param duration how long it took
     */
    record Decoded(
            String event,
            String topic,
            int partition,
            long offset,
            String consumerGroup,
            int size,
            Duration duration) {}

    /**
     * A handler returned or threw.
     *
     * @param event the event's name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param handler the handler's class
     * @param consumerGroup the group it was read by
     * @param duration how long it took
     */
    record Handled(
            String event, String topic, int partition, String handler, String consumerGroup, Duration duration) {}

    /**
     * An event was encoded.
     *
     * @param event its name, without the ordering key
     * @param size the value's size in bytes
     * @param duration how long it took
     */
    record Encoded(String event, int size, Duration duration) {}

    /**
     * A record was acknowledged by the broker.
     *
     * @param event its event's name, without the ordering key
     * @param topic where it went
     * @param partition where it went
     * @param size the value's size in bytes
     * @param duration the time from its sending to the acknowledgement
     */
    record Published(String event, String topic, int partition, int size, Duration duration) {}
}
