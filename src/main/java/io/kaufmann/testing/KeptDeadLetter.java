package io.kaufmann.testing;

import io.kaufmann.handler.DeadLetter;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter that a handler's failure has left on a {@link MockBus}. Immutable, but for the arrays and headers in it.
 *
 * @param event the name of the event that failed, with its ordering key; {@code unknown} for one without
 * @param topic where it is kept
 * @param stage where it failed
 * @param error what went wrong, as the dead letter's header tells it
 * @param attempts how often it was handled
 * @param headers all headers of its record
 * @param value the record's value as it was read; null when it had none
 */
public record KeptDeadLetter(
        String event,
        String topic,
        DeadLetter.Stage stage,
        String error,
        int attempts,
        Headers headers,
        byte[] value) {}
