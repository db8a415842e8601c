package io.kaufmann.internal.work;

/** What a span is told of a handling that failed without an exception. It is not thrown, and holds nothing that the event says. */
final class HandlingFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private HandlingFailedException(String message) {
        super(message, null, false, false);
    }

    /** The handler said so: what it said may be the event's, and stays out. */
    static HandlingFailedException told() {
        return new HandlingFailedException("The handler returned a failure");
    }

    /** The handler came back after its time. */
    static HandlingFailedException late() {
        return new HandlingFailedException("The handler did not return within its time limit"
                + " (kaufmann.handler.time.limit); what it returned later is discarded");
    }
}
