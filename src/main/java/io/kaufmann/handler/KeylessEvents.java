package io.kaufmann.handler;

/** What {@link Ordering#KEY} means for events that have no ordering key. */
public enum KeylessEvents {
    /** They have no order among each other: each is handled as soon as a worker is free. */
    UNORDERED,
    /** Those of a partition are handled one after the other, as if they all had one key. */
    ORDERED
}
