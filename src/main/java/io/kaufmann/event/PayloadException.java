package io.kaufmann.event;

/**
 * A payload was read as something it is not. The message says of which event, where, what was expected and what was found:
 * {@code event.order.placed payload.items[3].price: expected double, found String "12,50"}.
 *
 * <p>Of the payload it shows one value at most, cut after 40 characters and escaped; records and lists are only described.
 */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String event;
    private final String path;
    private final String expected;
    private final String found;

    /**
     * With what was expected and found.
     *
     * @param event the event's name
     * @param path where in the payload, such as {@code items[3].price}; empty for the whole payload
     * @param expected what was expected there
     * @param found what was found there
     */
    public PayloadException(String event, String path, String expected, String found) {
        this(event, path, expected, found, "", null);
    }

    /** With more to say at the end of the message, and with a cause, null when there is none. */
    PayloadException(String event, String path, String expected, String found, String more, Throwable cause) {
        super(
                EventName.printable(event) + " " + place(path) + ": expected " + expected + ", found " + found + more,
                cause);
        this.event = event;
        this.path = path;
        this.expected = expected;
        this.found = found;
    }

    /** The path as the message has it: {@code payload.items[3].price}. */
    static String place(String path) {
        return "payload" + (path.isEmpty() || path.startsWith("[") || path.startsWith("...") ? "" : ".") + path;
    }

    /** The event's name. */
    public String event() {
        return event;
    }

    /** Where in the payload, such as {@code items[3].price}; empty when it is the whole payload. */
    public String path() {
        return path;
    }

    /** What was expected there, as a rule the name of a Java type. */
    public String expected() {
        return expected;
    }

    /** What was found there: a type and a value that is cut and escaped, or a description; {@code nothing} if it is missing. */
    public String found() {
        return found;
    }
}
