package io.kaufmann.schema;

/** What a registry asks of a subject's next version, by Confluent's names. */
public enum CompatibilityLevel {
    /** Nothing. */
    NONE,
    /** Readers with the next version can read what was written with the newest one. */
    BACKWARD,
    /** Readers with the next version can read what was written with any before it. */
    BACKWARD_TRANSITIVE,
    /** Readers with the newest version can read what is written with the next one. */
    FORWARD,
    /** Readers with any version before it can read what is written with the next one. */
    FORWARD_TRANSITIVE,
    /** Both ways with the newest version. */
    FULL,
    /** Both ways with all versions before it. */
    FULL_TRANSITIVE
}
