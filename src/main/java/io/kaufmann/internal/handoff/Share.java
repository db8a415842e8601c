package io.kaufmann.internal.handoff;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One partition's share of the workers: so many of its lanes may be in the queue or with a worker at once, and the others wait
 * here. A partition whose every event hangs thus leaves the other partitions their workers. Thread-safe.
 */
public final class Share {

    private final Shares shares;
    private final WorkQueue queue;
    private final Queue<Lane> waiting = new ConcurrentLinkedQueue<>();
    // How many lanes are in the queue or with a worker.
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean open;

    Share(Shares shares, WorkQueue queue) {
        this.shares = shares;
        this.queue = queue;
    }

    /** Takes a lane whose head awaits a worker. */
    void offer(Lane lane) {
        waiting.add(lane);
        pass();
    }

    /** Takes a lane past the limit. */
    void offerUncounted(Lane lane) {
        queue.offer(lane);
    }

    /** A worker is through with a lane of this partition, or lost in it and replaced by another. */
    public void release() {
        taken.decrementAndGet();
        pass();
    }

    /** Lets all through that waits here: a partition that is given up only has deliveries to drop. */
    void openWide() {
        open = true;
        pass();
    }

    /** Hands lanes on to the queue as far as the share allows. */
    void pass() {
        while (!waiting.isEmpty() && take()) {
            Lane lane = waiting.poll();
            if (lane == null) {
                // Another thread took it. Whoever found the share full meanwhile relies on the look that follows now.
                taken.decrementAndGet();
            } else {
                queue.offer(lane);
            }
        }
    }

    private boolean take() {
        int now = taken.get();
        while (open || now < shares.limit()) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** How many of its lanes are in the queue or with a worker. */
    public int taken() {
        return taken.get();
    }
}
