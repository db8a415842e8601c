package io.kaufmann.codec.avro;

/**
 * Bytes or a value that do not fit their schema, with the path to where. It leaves this package only as a
 * {@link io.kaufmann.codec.TranscodeException}, so it carries no stack trace of its own: a flood of bad events stays cheap.
 */
final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_PATH = 300;

    private final StringBuilder path = new StringBuilder();
    private final boolean unresolvable;

    Misfit(String message) {
        this(message, null, false);
    }

    Misfit(String message, Throwable cause) {
        this(message, cause, false);
    }

    private Misfit(String message, Throwable cause, boolean unresolvable) {
        super(message, cause, false, false);
        this.unresolvable = unresolvable;
    }

    /** Bytes that fit the schema they were written with, but that schema does not go together with the reader's. */
    static Misfit unresolvable(String message) {
        return new Misfit(message, null, true);
    }

    static Misfit expected(String expected, Object found) {
        return new Misfit("expected " + expected + ", found " + Values.shown(found));
    }

    /** Whether it is not the bytes' fault but that of two schemas which do not go together. */
    boolean isUnresolvable() {
        return unresolvable;
    }

    /** Adds the field that holds what the path says so far. */
    Misfit inField(String name) {
        boolean joins = path.isEmpty() || path.charAt(0) == '[';
        path.insert(0, joins ? name : name + '.');
        return this;
    }

    /** Adds the array's item, or the entry of a map, that holds what the path says so far. */
    Misfit inItem(Object item) {
        boolean joins = path.isEmpty() || path.charAt(0) == '[';
        path.insert(0, joins ? "[" + item + "]" : "[" + item + "].");
        return this;
    }

    /** The path from the event's root; one that is very long keeps its end. */
    String path() {
        return path.length() <= MAX_PATH ? path.toString() : "..." + path.substring(path.length() - MAX_PATH);
    }
}
