package io.kaufmann.codec;

/** An event could not be decoded or encoded, and trying again cannot help. */
public final class TranscodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what was tried.
     *
     * @param message the event, what was tried, why it failed, and what to do
     */
    public TranscodeException(String message) {
        super(message);
    }

    /**
     * With what was tried and the error beneath.
     *
     * @param message the event, what was tried, why it failed, and what to do
     * @param cause the error beneath
     */
    public TranscodeException(String message, Throwable cause) {
        super(message, cause);
    }
}
