package io.kaufmann.internal.handoff;

import java.util.Optional;

/** A worker's place: what its thread runs at present. The worker sets it; the timer reads it. Thread-safe. */
public final class Seat {

    private volatile HandlerCall call;

    /** The worker enters a handler. */
    public void enter(HandlerCall entered) {
        call = entered;
    }

    /** The worker is out of the handler again. */
    public void leave() {
        call = null;
    }

    /** The call that runs. */
    public Optional<HandlerCall> call() {
        return Optional.ofNullable(call);
    }
}
