package io.kaufmann.schema;

/**
 * The registry gave no usable answer: it was not reached, answered 5xx, or refused the credentials (401, 403). It is an
 * outage of the registry or of the configuration, not the fault of the event that needed the schema, unless
 * the registry answers everything else.
 */
public final class RegistryUnavailableException extends SchemaRegistryException {

    private static final long serialVersionUID = 1L;

    private final boolean denied;

    /**
     * With what was tried.
     *
     * @param message what was asked for, where, and what came of it
     * @param cause the I/O error beneath, or null
     */
    public RegistryUnavailableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /**
     * With what was tried, and whether the registry let nobody in.
     *
     * @param message what was asked for, where, and what came of it
     * @param cause the I/O error beneath, or null
     * @param denied whether it refused the credentials
     */
    public RegistryUnavailableException(String message, Throwable cause, boolean denied) {
        super(message, cause);
        this.denied = denied;
    }

    /** Whether the registry refused the credentials: an outage of the configuration, whatever was asked for. */
    public boolean isDenied() {
        return denied;
    }
}
