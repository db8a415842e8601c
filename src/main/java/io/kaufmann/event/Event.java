package io.kaufmann.event;

/**
 * A decoded event, as a handler gets it. Immutable and thread-safe.
 *
 * <p>Made by the library; its facts will grow, so it is not for implementing outside of tests.
 */
public interface Event extends ConsumedRecord {

    /** The event's name without the ordering key: {@code event.user.created} of {@code event.user.created#42}. */
    String name();

    /** What happened. */
    Payload payload();

    /** Who sent it, when, and where an answer is awaited. */
    Meta meta();
}
