package io.kaufmann.internal.consume;

/** A process is killed in the midst of a call. */
final class SimDeath extends Error {

    private static final long serialVersionUID = 1;

    SimDeath() {
        super("on purpose", null, false, false);
    }
}
