package io.kaufmann.schema;

/** Whether a registry takes schemas, by Confluent's names. */
public enum RegistryMode {

    /** It does. */
    READWRITE,

    /** It only gives them. */
    READONLY,

    /** It only gives them, whatever is set for its subjects. */
    READONLY_OVERRIDE,

    /** It takes them with the ids of another registry. */
    IMPORT,

    /** It sends what it is asked to another registry (Confluent 8). */
    FORWARD
}
