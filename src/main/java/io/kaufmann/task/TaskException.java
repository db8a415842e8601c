package io.kaufmann.task;

/** A task cannot be done. The message is for the person who asked for it: what is wrong, and what to do. */
public final class TaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message what is wrong and what to do
     */
    public TaskException(String message) {
        super(message);
    }

    /**
     * With what is wrong, and why.
     *
     * @param message what is wrong and what to do
     * @param cause why
     */
    public TaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
