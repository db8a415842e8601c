package io.kaufmann.handler;

import io.kaufmann.event.ConsumedRecord;
import java.util.Optional;

/**
 * An event that failed for good, as {@link DeadLetters} hear of it. Immutable.
 *
 * @param record where it came from
 * @param event the event's name without the ordering key; empty when the record does not tell it
 * @param stage where it failed
 * @param error what went wrong: a throwable, or the failure that a handler returned
 * @param attempts how often it was handled; 0 when it could not be decoded or was parked
 */
public record DeadLetter(ConsumedRecord record, Optional<String> event, Stage stage, Object error, int attempts) {

    /** Where an event failed. */
    public enum Stage {
        /** It could not be decoded. */
        DECODE,
        /** Its handler failed. */
        HANDLE,
        /** What it was to be answered with can never be written. */
        PUBLISH,
        /** It did not fail: it was parked behind an earlier event of its ordering key that did. */
        PARKED
    }
}
