package io.kaufmann.schema;

/** How much of a schema is deleted. */
public enum Deletion {

    /** The subject or version is gone; events that were written with it are still read, by its id. */
    SOFT,

    /** Nothing is left: events that were written with it can no longer be read. */
    PERMANENT
}
