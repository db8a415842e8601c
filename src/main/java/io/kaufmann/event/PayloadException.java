package io.kaufmann.event;

/** A payload was read as something it is not. */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what was expected and found.
     *
     * @param message the event, the field, what was expected and found
     */
    public PayloadException(String message) {
        super(message);
    }
}
