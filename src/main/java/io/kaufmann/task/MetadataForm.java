package io.kaufmann.task;

/**
 * How the registry gets a schema that names types of other files: the metadata record {@code
 * seven.cloud.services.event_metadata} first of all. A service reads both.
 */
public enum MetadataForm {

    /** Each schema has all that it names written into its text, as KaufmannEx has it. */
    INLINE,

    /** Each type is registered under its own subject first, and the schema refers to that subject's version. */
    REFERENCE
}
