package io.kaufmann.internal.handoff;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Divides the workers of a service among the partitions that it reads: evenly, at least one for each, unless a number is
 * stated. Thread-safe.
 */
public final class Shares {

    private final WorkQueue queue;
    private final int workers;
    private final OptionalInt stated;
    private final List<Share> all = new CopyOnWriteArrayList<>();
    private volatile int limit;

    /**
     * Shares of these workers.
     *
     * @param queue where the workers take their work from
     * @param workers how many there are
     * @param stated how many may work for one partition; empty for an even share
     */
    public Shares(WorkQueue queue, int workers, OptionalInt stated) {
        this.queue = queue;
        this.workers = workers;
        this.stated = stated;
        divide();
    }

    /** What a consumer thread gathers lanes in, for the workers that are shared here. */
    public ReadyLanes readyLanes() {
        return new ReadyLanes(queue);
    }

    /** A share for one more partition. */
    Share add() {
        Share share = new Share(this, queue);
        all.add(share);
        divide();
        return share;
    }

    /** A partition is given up: what still waits in its share is let through, to be dropped. */
    void remove(Share share) {
        if (all.remove(share)) {
            share.openWide();
            divide();
            all.forEach(Share::passMore);
        }
    }

    private synchronized void divide() {
        int partitions = Math.max(1, all.size());
        limit = stated.orElse((workers + partitions - 1) / partitions);
    }

    /** How many workers there are. */
    public int workers() {
        return workers;
    }

    /** How many workers one partition may hold. */
    public int limit() {
        return limit;
    }
}
