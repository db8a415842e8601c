package io.kaufmann;

/** Which schema Avro events are written with. */
public enum WriterSchema {
    /** The newest version of their subject. */
    LATEST,
    /** The service's own, from {@code kaufmann.schema.path}, which must be registered under their subject. */
    LOCAL
}
