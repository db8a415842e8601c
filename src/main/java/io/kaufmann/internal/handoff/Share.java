package io.kaufmann.internal.handoff;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One partition's share of the workers: so many may work on its lanes at once, and lanes that come to a worker beyond that wait
 * here. A partition whose every event hangs thus leaves the other partitions their workers. Thread-safe.
 */
public final class Share {

    private final Shares shares;
    private final WorkQueue queue;
    private final Queue<Lane> waiting = new ConcurrentLinkedQueue<>();
    // How many workers it has.
    private final AtomicInteger taken = new AtomicInteger();
    private volatile boolean open;

    Share(Shares shares, WorkQueue queue) {
        this.shares = shares;
        this.queue = queue;
    }

    /** Takes a lane whose head awaits a worker. */
    void offer(Lane lane) {
        queue.offer(lane);
    }

    /**
     * A worker comes with a lane of this partition. False when there are as many as may be: then the lane waits here until one of
     * them is through, and is in the queue again.
     */
    public boolean enter(Lane lane) {
        int now = taken.get();
        while (open || now < shares.limit()) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        waiting.add(lane);
        // Looked at after the line above: one that was through before it did not see the lane.
        if (open || taken.get() < shares.limit()) {
            pass(1);
        }
        return false;
    }

    /** A worker is through with its lanes of this partition, several perhaps, or lost in one and replaced by another. */
    public void release() {
        int now = taken.decrementAndGet();
        // Not as many as it did: each that comes to a full partition waits here again.
        pass(Math.max(1, shares.limit() - now));
    }

    /** Lets all through that waits here: a partition that is given up only has deliveries to drop. */
    void openWide() {
        open = true;
        pass(Integer.MAX_VALUE);
    }

    /** The limit is another: as many as it allows are in the queue again. */
    void passMore() {
        pass(shares.limit() - taken.get());
    }

    /** Lets so many through, if so many wait. */
    private void pass(int most) {
        for (int i = 0; i < most; i++) {
            Lane lane = waiting.poll();
            if (lane == null) {
                return;
            }
            queue.offer(lane);
        }
    }

    /** How many workers it has. */
    public int taken() {
        return taken.get();
    }
}
