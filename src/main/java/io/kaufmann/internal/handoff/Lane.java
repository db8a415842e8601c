package io.kaufmann.internal.handoff;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Deliveries that are done one after the other. Ordering is nothing but the choice of lane. A lane with a head is in the
 * queue, with a worker, or waits for an acknowledgement or a delay: never in two of these. Thread-safe.
 */
public final class Lane {

    private final WorkQueue queue;
    // Guarded by this.
    private Delivery head;
    // Guarded by this; made when a second delivery comes.
    private Queue<Delivery> waiting;

    /** An idle lane. */
    public Lane(WorkQueue queue) {
        this.queue = queue;
    }

    /** Adds a delivery at the end. An idle lane enters the queue. */
    public void append(Delivery delivery) {
        synchronized (this) {
            if (head != null) {
                if (waiting == null) {
                    waiting = new ArrayDeque<>(2);
                }
                waiting.add(delivery);
                return;
            }
            head = delivery;
        }
        offer();
    }

    /** The delivery whose turn it is. Of use only to whoever took the lane from the queue. */
    public synchronized Delivery head() {
        return head;
    }

    /** Whether it has no delivery, so that it may be forgotten. */
    public synchronized boolean isIdle() {
        return head == null;
    }

    void offer() {
        queue.offer(this);
    }

    void advance(Delivery done) {
        synchronized (this) {
            if (head != done) {
                throw new IllegalStateException(done + " ended out of its turn. This is a bug in Kaufmann");
            }
            head = waiting == null ? null : waiting.poll();
            if (head == null) {
                return;
            }
        }
        offer();
    }
}
