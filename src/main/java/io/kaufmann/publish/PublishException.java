package io.kaufmann.publish;

/** An event was not published. {@link #retriable()} tells the two kinds apart. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retriable;

    private PublishException(String message, Throwable cause, boolean retriable) {
        super(message, cause);
        this.retriable = retriable;
    }

    /**
     * One that trying again cannot help: the payload does not fit, the topic does not exist or is not allowed, the record
     * is too large.
     *
     * @param message the event, where it was to go, why it cannot, and what to do
     * @param cause the error beneath, or null
     * @return the exception
     */
    public static PublishException rejected(String message, Throwable cause) {
        return new PublishException(message, cause, false);
    }

    /**
     * One of an outage: the broker or the schema registry gave no answer.
     *
     * @param message the event, where it was to go, what was tried
     * @param cause the error beneath, or null
     * @return the exception
     */
    public static PublishException unavailable(String message, Throwable cause) {
        return new PublishException(message, cause, true);
    }

    /** Whether it was an outage, so that the same publication may succeed later. */
    public boolean retriable() {
        return retriable;
    }
}
