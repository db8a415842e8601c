package io.kaufmann.handler;

/**
 * Which events of a partition are handled one after the other, in the order of their offsets. All others are handled side by
 * side.
 */
public enum Ordering {
    /** None: every event is handled as soon as a worker is free. */
    UNORDERED,
    /** Those with the same ordering key, such as {@code event.user.created#42} and {@code event.user.updated#42}. */
    KEY,
    /** All of a partition. */
    PARTITION
}
