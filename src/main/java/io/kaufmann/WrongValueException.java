package io.kaufmann;

import java.util.Optional;

/** A setting cannot take a value; the message says why and goes after the quoted value: {@code is not a whole number}. */
final class WrongValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    WrongValueException(String reason) {
        this(reason, null);
    }

    WrongValueException(String reason, String advice) {
        super(reason);
        this.advice = advice;
    }

    /** The same, of one item of a list. */
    WrongValueException of(String item) {
        WrongValueException ofItem =
                new WrongValueException("has '" + Secrets.shown(item) + "', which " + getMessage(), advice);
        ofItem.initCause(getCause());
        return ofItem;
    }

    /** What to do, as a sentence; empty when writing the setting's usual form is all there is to do. */
    Optional<String> advice() {
        return Optional.ofNullable(advice);
    }
}
