package io.kaufmann.internal.handoff;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** A worker's place: what its thread runs at present. The worker sets it; the timer reads it. Thread-safe. */
public final class Seat {

    private static final AtomicReferenceFieldUpdater<Seat, HandlerCall> CALL =
            AtomicReferenceFieldUpdater.newUpdater(Seat.class, HandlerCall.class, "call");

    // A moment's delay until the timer sees it does no harm: who ends the call is decided by the call itself.
    private volatile HandlerCall call;

    /** The worker enters a handler. */
    public void enter(HandlerCall entered) {
        CALL.lazySet(this, entered);
    }

    /** The worker is out of the handler again. */
    public void leave() {
        CALL.lazySet(this, null);
    }

    /** The call that runs. */
    public Optional<HandlerCall> call() {
        return Optional.ofNullable(call);
    }
}
