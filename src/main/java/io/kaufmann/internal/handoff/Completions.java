package io.kaufmann.internal.handoff;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Finished deliveries on their way back to the consumer thread they came from. Any thread adds; that thread alone takes. */
public final class Completions {

    // A signal without an addition may come just before the wait begins; it costs this much at most.
    private static final long LONGEST_WAIT_NANOS = 20_000_000;

    private final Runnable wake;
    // The last one added, chained to those before it.
    private final AtomicReference<Delivery> last = new AtomicReference<>();
    private volatile Thread waiting;

    /**
     * Empty.
     *
     * @param wake wakes the consumer thread when it polls; called by threads that add, when there is reason to; must be quick
     */
    public Completions(Runnable wake) {
        this.wake = wake;
    }

    void add(Delivery delivery) {
        Delivery before;
        do {
            before = last.get();
            delivery.nextCompleted = before;
        } while (!last.compareAndSet(before, delivery));
    }

    /** Tells the consumer thread that something has changed: to look again if it is in {@link #await}. */
    void signal() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the consumer thread's poll: there is enough room again to hand out more. */
    void wake() {
        wake.run();
    }

    /** Takes out all there are, in no order. */
    public void drain(Consumer<Delivery> settle) {
        Delivery delivery = last.getAndSet(null);
        while (delivery != null) {
            Delivery next = delivery.nextCompleted;
            delivery.nextCompleted = null;
            settle.accept(delivery);
            delivery = next;
        }
    }

    /** Whether there are any. */
    public boolean hasAny() {
        return last.get() != null;
    }

    /** Waits until something may have changed, or for this long. */
    public void await(Duration longest) {
        waiting = Thread.currentThread();
        // Looked at after the line above: an addition before it is seen here, one after it unparks.
        if (last.get() == null) {
            LockSupport.parkNanos(this, Math.min(longest.toNanos(), LONGEST_WAIT_NANOS));
        }
        waiting = null;
    }
}
