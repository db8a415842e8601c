package io.kaufmann.handler;

import java.time.Duration;

/** A handler took longer than its time limit. What it may still return is discarded. */
public final class HandlerTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    /**
     * With the limit.
     *
     * @param limit the handler's time limit
     */
    public HandlerTimeoutException(Duration limit) {
        super("The handler did not return within its time limit of " + limit.toMillis()
                + " ms (kaufmann.handler.time.limit)");
        this.limit = limit;
    }

    /** The time limit. */
    public Duration limit() {
        return limit;
    }
}
