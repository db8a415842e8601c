package io.kaufmann.chaos;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Looks for partitions that make no progress for 30 s while no fault is on and the group has settled. Its thread ends with
 * {@link #close()}.
 */
final class StallWatch implements AutoCloseable {

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Ledger ledger;
    private final Faults faults;
    private final Group group;
    private final int members;
    private final Thread thread = new Thread(this::run, "chaos-stall-watch");
    private final List<String> stalls = new CopyOnWriteArrayList<>();
    private final Set<Integer> stalled = new HashSet<>();
    private volatile boolean ending;
    private long calmSince = System.nanoTime();

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
