package io.kaufmann;

/** Which schema a decoded Avro event has, whatever version it was written with. */
public enum ReaderSchema {
    /** That of its writer: what was written is what the handler reads. */
    WRITER,
    /** The newest version of its subject: the handler reads the newest shape, with defaults for what is not there. */
    LATEST,
    /** The service's own, from {@code kaufmann.schema.path}: the handler reads what it was built for. */
    LOCAL
}
