package io.kaufmann.chaos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Looks for partitions that make no progress for 30 s while no fault is on and the group has settled, and for groups that do
 * not settle. Its thread ends with {@link #close()}.
 */
final class StallWatch implements AutoCloseable {

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long CALM_NANOS = STALL_NANOS + TimeUnit.SECONDS.toNanos(5);
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Ledger ledger;
    private final Faults faults;
    private final Group group;
    private final int members;
    private final Thread thread = new Thread(this::run, "chaos-stall-watch");
    private final List<String> stalls = new CopyOnWriteArrayList<>();
    private final Set<Integer> stalled = new HashSet<>();
    private volatile boolean ending;
    private volatile long calmSince = System.nanoTime();

    StallWatch(Ledger ledger, Faults faults, Group group, int members) {
        this.ledger = ledger;
        this.faults = faults;
        this.group = group;
        this.members = members;
        thread.start();
    }

    private void run() {
        while (!ending) {
            boolean calm = !faults.isActive() && group.isStable(members) && !faults.isActive();
            long now = System.nanoTime();
            calmSince = calm ? Math.max(calmSince, faults.lastEnd()) : now;
            List<Integer> quiet = now - calmSince > STALL_NANOS ? ledger.quietSince(now - STALL_NANOS) : List.of();
            for (int partition : quiet) {
                if (stalled.add(partition)) {
                    stalls.add("partition " + partition);
                }
            }
            stalled.retainAll(quiet);
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * Waits until it has been calm for so long that a stall shows: no fault, and a group that has settled. One that has not
     * settled in time counts as a stall.
     */
    void awaitCalm() throws InterruptedException {
        long until = faults.lastEnd() + SETTLED_NANOS + CALM_NANOS;
        while (System.nanoTime() - calmSince < CALM_NANOS) {
            if (System.nanoTime() > until) {
                stalls.add("the group, which did not settle in 60 s after the last fault");
                return;
            }
            Thread.sleep(200);
        }
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The stalls that were found; to be asked after {@link #close()}. */
    List<String> stalls() {
        return stalls;
    }
}
