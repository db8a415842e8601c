package io.kaufmann.event;

import java.util.Objects;
import java.util.Optional;

/**
 * The name of an event, such as {@code command.user.create} or, with an ordering key, {@code event.user.created#42}.
 *
 * <p>The part before the first {@code #} says what happened: handlers, schemas and metrics go by it. The part after it
 * says to whom: it is the ordering key. Immutable and thread-safe.
 */
public final class EventName {

    private static final String ERROR = "event.error";
    private static final String ERROR_PREFIX = ERROR + ".";
    private static final int LONGEST_PRINTED = 200;
    // Any thread: whichever it sees does, since it compares.
    private static final String[] RECENT = new String[64];
    private static final int LONGEST_KEPT = 200;

    private final String text;
    private final String base;

    private EventName(String text) {
        this.text = text;
        int hash = text.indexOf('#');
        this.base = base(text, hash < 0 ? text.length() : hash);
    }

    /** The beginning of a text: the same object as the last time, most often, since few names come again and again. */
    private static String base(String text, int length) {
        if (length == 0 || length > LONGEST_KEPT) {
            return text.substring(0, length);
        }
        int slot = (31 * length + text.charAt(length - 1)) % RECENT.length;
        String recent = RECENT[slot];
        if (recent != null && recent.length() == length && text.startsWith(recent)) {
            return recent;
        }
        String base = text.substring(0, length);
        RECENT[slot] = base;
        return base;
    }

    /**
     * A name from its full text.
     *
     * @param text the name, with or without {@code #} and an ordering key
     * @return the name
     */
    public static EventName of(String text) {
        return new EventName(Objects.requireNonNull(text, "text"));
    }

    /** The full text, with the ordering key if it has one. */
    public String text() {
        return text;
    }

    /** The part before the first {@code #}. */
    public String base() {
        return base;
    }

    /** The part after the first {@code #}; empty when there is no {@code #}. */
    public Optional<String> orderingKey() {
        return text.length() == base.length() ? Optional.empty() : Optional.of(text.substring(base.length() + 1));
    }

    /** Whether this is an error event: {@code event.error} or {@code event.error.<name>}. */
    public boolean isError() {
        return base.equals(ERROR) || base.startsWith(ERROR_PREFIX);
    }

    /** The name of the error event that tells of this one's failure: {@code event.error.<name>}, ordering key included. */
    public EventName toError() {
        return new EventName(ERROR_PREFIX + text);
    }

    /** The full text as it may stand in a log, see {@link #printable(String)}. */
    public String printable() {
        return printable(text);
    }

    /**
     * A text that came with an event, as it may stand in a log: control characters escaped, and cut after 200 characters,
     * since any producer can invent one.
     *
     * @param text a name of any kind
     * @return one line of printable text
     */
    public static String printable(String text) {
        return isPrintable(text) ? text : escaped(text);
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < Math.min(text.length(), LONGEST_PRINTED); i++) {
            if (mustBeEscaped(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= LONGEST_PRINTED;
    }

    private static boolean mustBeEscaped(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String escaped(String text) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST_PRINTED));
        for (int i = 0; i < text.length() && i < LONGEST_PRINTED; i++) {
            char c = text.charAt(i);
            if (mustBeEscaped(c)) {
                printable.append(String.format("\\u%04x", (int) c));
            } else {
                printable.append(c);
            }
        }
        return printable.append(text.length() > LONGEST_PRINTED ? "..." : "").toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventName name && name.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
