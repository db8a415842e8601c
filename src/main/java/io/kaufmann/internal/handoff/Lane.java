package io.kaufmann.internal.handoff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Deliveries that are done one after the other. Ordering is nothing but the choice of lane. A lane with a head is in the
 * queue, with a worker, or waits for an acknowledgement or a delay: never in two of these. Thread-safe.
 *
 * <p>While a lane is held, no delivery of it begins: its last one's handler has not returned though its time is over, or an
 * earlier assignment's lane of the same key is not through yet. Once its assignment has ended, its deliveries go to the
 * workers all the same, which only drop them.
 */
public final class Lane {

    private final Share share;
    private final Object key;
    // All guarded by this, but that whoever took the lane from the queue reads the head without it: it was written
    // before.
    private Delivery head;
    // Made when a second delivery comes.
    private Queue<Delivery> waiting;
    private boolean held;
    // Whether the head would be with the workers if the lane were not held.
    private boolean heldBack;
    // Made when somebody asks to hear of it.
    private List<Runnable> whenIdle;

    /**
     * An idle lane.
     *
     * @param share the share of the workers that it counts for
     * @param key what tells it from the other lanes of its partition
     */
    public Lane(Share share, Object key) {
        this.share = share;
        this.key = key;
    }

    /** Adds a delivery at the end. An idle lane goes to the workers. */
    public void append(Delivery delivery) {
        if (add(delivery)) {
            offer();
        }
    }

    /** Adds a delivery at the end. Tells whether the lane was idle, so that the caller has to offer it to the workers. */
    public synchronized boolean add(Delivery delivery) {
        if (head != null) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(2);
            }
            waiting.add(delivery);
            return false;
        }
        head = delivery;
        heldBack = !mayGo();
        return !heldBack;
    }

    /** The delivery whose turn it is. Of use only to whoever took the lane from the queue. */
    public Delivery head() {
        return head;
    }

    /** Whether nothing of it is left to be done, so that it may be forgotten. */
    public synchronized boolean isIdle() {
        return head == null && !held;
    }

    /** The share of the workers that it counts for. */
    public Share share() {
        return share;
    }

    /** What tells it from the other lanes of its partition, in this assignment and in others. */
    public Object key() {
        return key;
    }

    /** Has the head's next step done by a worker, though the lane be held. */
    void offer() {
        share.offer(this);
    }

    /** Has the head begin again, once the lane is not held. */
    void offerWhenFree() {
        synchronized (this) {
            heldBack = !mayGo();
            if (heldBack) {
                return;
            }
        }
        offer();
    }

    /** Whether the head may go to the workers: while the lane is held, only to be dropped. */
    private boolean mayGo() {
        return !held || head.assignment().isDraining();
    }

    void advance(Delivery done) {
        List<Runnable> toTell;
        boolean goesOn;
        synchronized (this) {
            if (head != done) {
                throw new IllegalStateException(done + " ended out of its turn. This is a bug in Kaufmann");
            }
            head = waiting == null ? null : waiting.poll();
            goesOn = head != null && mayGo();
            heldBack = head != null && !goesOn;
            toTell = takeListenersIfIdle();
        }
        if (goesOn) {
            offer();
        }
        toTell.forEach(Runnable::run);
    }

    /** Whether this is its head, and would be with the workers if the lane were not held. Any thread. */
    public synchronized boolean isHeldBack(Delivery delivery) {
        return heldBack && head == delivery;
    }

    /** Lets no delivery begin. */
    public synchronized void hold() {
        held = true;
    }

    /** Lets deliveries begin again. */
    public void letGo() {
        List<Runnable> toTell;
        boolean goesOn;
        synchronized (this) {
            held = false;
            goesOn = heldBack;
            heldBack = false;
            toTell = takeListenersIfIdle();
        }
        if (goesOn) {
            offer();
        }
        toTell.forEach(Runnable::run);
    }

    /**
     * Its assignment has just ended: what waits behind its head is dropped, and a head that has not begun, or waits for its next
     * attempt, goes to the workers to be dropped.
     */
    public void hurry() {
        boolean goesOn;
        Delivery current;
        List<Delivery> dropped;
        synchronized (this) {
            dropped = waiting == null ? List.of() : List.copyOf(waiting);
            waiting = null;
            goesOn = heldBack;
            heldBack = false;
            current = head;
        }
        dropped.forEach(Delivery::dropWaiting);
        if (goesOn) {
            offer();
        } else if (current != null) {
            current.wake();
        }
    }

    /** Has something done once the lane is idle; at once, on this thread, when it is. */
    public void whenIdle(Runnable task) {
        synchronized (this) {
            if (head != null || held) {
                if (whenIdle == null) {
                    whenIdle = new ArrayList<>(1);
                }
                whenIdle.add(task);
                return;
            }
        }
        task.run();
    }

    private List<Runnable> takeListenersIfIdle() {
        if (head != null || held || whenIdle == null) {
            return List.of();
        }
        List<Runnable> taken = whenIdle;
        whenIdle = null;
        return taken;
    }
}
