package io.kaufmann.task;

/** A file is no schema, or one that cannot be used. It ends in an outcome of that file and never leaves the package. */
final class InvalidSchemaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidSchemaException(String message) {
        super(message);
    }
}
