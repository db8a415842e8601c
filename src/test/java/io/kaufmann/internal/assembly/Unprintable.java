package io.kaufmann.internal.assembly;

/** Throws when it is asked for what it says, as errors of users do. */
final class Unprintable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
        throw new UnsupportedOperationException("on purpose");
    }
}
