package io.kaufmann.handler;

import java.util.function.Function;

/**
 * Makes the {@code error} field of an error event: of what a handler returned as its failure, or of what it threw. Must be
 * thread-safe and quick.
 */
@FunctionalInterface
public interface ErrorFormat extends Function<Object, Object> {

    /**
     * The rule when nothing else is configured: a throwable becomes {@code class name: message}, without its stack trace
     * and causes; everything else stays as it is.
     *
     * @return the rule
     */
    static ErrorFormat standard() {
        return error -> error instanceof Throwable thrown ? text(thrown) : error;
    }

    private static String text(Throwable thrown) {
        String name = thrown.getClass().getName();
        String message = message(thrown);
        return message == null || message.isBlank() ? name : name + ": " + message;
    }

    // An exception of a user's own may fail even here; the event must get its error event all the same.
    private static String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException e) {
            return null;
        }
    }
}
