package io.kaufmann.event;

import java.util.Optional;

/**
 * An event that could not be decoded, as {@code EventHandler.givenError} gets it. Immutable and thread-safe, but for the
 * bytes of {@link #rawPayload()}, which nobody must change.
 */
public interface ErrorEvent extends ConsumedRecord {

    /** The event's name without the ordering key; empty when the record does not tell it. */
    Optional<String> name();

    /** Why it could not be decoded: what was tried, and how each failed. */
    Exception error();

    /** The record's value as it was read; empty when the record has none (a tombstone). */
    Optional<byte[]> rawPayload();
}
