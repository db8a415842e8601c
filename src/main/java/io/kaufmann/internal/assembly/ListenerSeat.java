package io.kaufmann.internal.assembly;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Where one thread is seen in a listener's call. The thread enters and leaves, the timer looks whether it stays too long and
 * interrupts it. Thread-safe.
 *
 * <p>The interrupt strikes only between entry and exit: a thread that comes out while the timer is at it waits until the
 * interrupt has struck, and takes it away.
 */
final class ListenerSeat {

    private static final AtomicLongFieldUpdater<ListenerSeat> SINCE =
            AtomicLongFieldUpdater.newUpdater(ListenerSeat.class, "since");

    // Else a count of the timer's turns, from 1: that of the entry.
    private static final long OUT = 0;
    private static final long STRIKING = -1;
    private static final long STRUCK = -2;
    // Struck by somebody else, whose interrupt it is not for the listener's caller to take away.
    private static final long SPARED = -3;

    // Odd, since a thread's calls come in twos and fours: all kinds are to be timed.
    private static final int CALLS_TO_A_SAMPLE = 17;

    private final Thread thread;
    private volatile long since = OUT;
    // The thread's own, and read by the timer while it is in. A number: to note an object would cost a barrier each
    // time.
    private int call;

    // The thread's own.
    private int untilSample = CALLS_TO_A_SAMPLE;

    ListenerSeat(Thread thread) {
        this.thread = thread;
    }

    /** Begins a call. False when it is within another already, which a listener may bring about that publishes. Own thread. */
    boolean enter(ListenerCall what, long turn) {
        if (since != OUT) {
            return false;
        }
        call = what.number();
        SINCE.lazySet(this, turn);
        return true;
    }

    /** Ends the call. No interrupt of the timer's is pending after this. Own thread. */
    void leave() {
        long entered = since;
        if (entered <= OUT || !SINCE.compareAndSet(this, entered, OUT)) {
            leaveStruck();
        }
    }

    private void leaveStruck() {
        while (since == STRIKING) {
            Thread.onSpinWait();
        }
        if (since == STRUCK) {
            Thread.interrupted();
        }
        since = OUT;
    }

    /** Whether this call is one to be timed. Own thread. */
    boolean isSample() {
        untilSample--;
        if (untilSample > 0) {
            return false;
        }
        untilSample = CALLS_TO_A_SAMPLE;
        return true;
    }

    /** The turn in which its present call began; 0 when there is none, or it was struck. For the timer. */
    long since() {
        return Math.max(OUT, since);
    }

    /** The call that it is in. For the timer, and right only while it is in. */
    ListenerCall call() {
        return ListenerCall.of(call);
    }

    /** Whether it was struck and has not come out. For the timer. */
    boolean isStuck() {
        return since < OUT;
    }

    /** Interrupts the call that began in this turn. False when it is over. For the timer. */
    boolean strike(long entered) {
        if (!SINCE.compareAndSet(this, entered, STRIKING)) {
            return false;
        }
        long struck = SPARED;
        try {
            if (!thread.isInterrupted()) {
                struck = STRUCK;
                thread.interrupt();
            }
        } finally {
            since = struck;
        }
        return true;
    }

    /** The thread. */
    Thread thread() {
        return thread;
    }
}
