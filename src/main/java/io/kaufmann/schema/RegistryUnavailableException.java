package io.kaufmann.schema;

/**
 * The registry gave no usable answer: it was not reached, answered 5xx, or refused the credentials (401, 403). It is an
 * outage of the registry or of the configuration, never the fault of the event that needed the schema.
 */
public final class RegistryUnavailableException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    /**
     * With what was tried.
     *
     * @param message what was asked for, where, and what came of it
     * @param cause the I/O error beneath, or null
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
