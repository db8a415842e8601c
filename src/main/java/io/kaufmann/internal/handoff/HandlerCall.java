package io.kaufmann.internal.handoff;

import io.kaufmann.internal.handoff.Outbox.Cause;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * One call of a handler. The worker ends it, or the timer ends its time: whoever comes first decides what counts. Thread-safe.
 *
 * <p>The thread is interrupted only between the handler's entry and its exit: a worker that comes out while the timer is at it
 * waits until the interrupt has struck, and takes it away.
 */
public final class HandlerCall {

    private enum State {
        RUNNING,
        RETURNED,
        INTERRUPTING,
        INTERRUPTED
    }

    private static final AtomicReferenceFieldUpdater<HandlerCall, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(HandlerCall.class, State.class, "state");

    private final Delivery delivery;
    private final Cause cause;
    private final Thread thread;
    private final long startNanos;
    private volatile State state = State.RUNNING;
    // Written before the state says so. Not the delivery's any more, if that was opened again meanwhile.
    private Lane held;

    /**
     * A call that begins.
     *
     * @param delivery the delivery that is handled
     * @param cause the event that is handled
     * @param thread the worker's
     * @param startNanos when it begins
     */
    public HandlerCall(Delivery delivery, Cause cause, Thread thread, long startNanos) {
        this.delivery = delivery;
        this.cause = cause;
        this.thread = thread;
        this.startNanos = startNanos;
    }

    /** The delivery that is handled. */
    public Delivery delivery() {
        return delivery;
    }

    /** The event that is handled. */
    public Cause cause() {
        return cause;
    }

    /** The worker's thread. */
    public Thread thread() {
        return thread;
    }

    /** When it began. */
    public long startNanos() {
        return startNanos;
    }

    /** Whether its time is over, though its handler has not returned. */
    public boolean isOverdue() {
        State now = state;
        return now == State.INTERRUPTING || now == State.INTERRUPTED;
    }

    /**
     * Ends its time: holds the lane, and interrupts the handler. False when the handler has returned, or its time was ended
     * before. For the timer.
     */
    public boolean endTime() {
        if (!STATE.compareAndSet(this, State.RUNNING, State.INTERRUPTING)) {
            return false;
        }
        try {
            held = delivery.lane();
            held.hold();
            thread.interrupt();
        } finally {
            state = State.INTERRUPTED;
        }
        return true;
    }

    /**
     * The handler has returned or thrown. False when its time was over: then its result is to be discarded, and the delivery is
     * no longer the worker's. For the worker's thread, which has no interrupt pending after this.
     */
    public boolean returned() {
        boolean inTime = STATE.compareAndSet(this, State.RUNNING, State.RETURNED);
        while (state == State.INTERRUPTING) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        if (!inTime) {
            held.letGo();
        }
        return inTime;
    }
}
