package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Transactions.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Events with an answer that can never be written, and so spoil each transaction that they are in. Whose it is, the producer tells only
 * roughly: the event that it names is a suspect, to be left out at first and then tried alone, which proves it. Consumer thread only.
 */
final class Spoilers {

    private final Set<Delivery> suspects = new HashSet<>();
    // Proven, and they can go on as failed no more: their partition is given up.
    private final Set<Delivery> guilty = new HashSet<>();

    /** Whether an event may be in a transaction with others. */
    boolean isInnocent(Delivery delivery) {
        return !suspects.contains(delivery) && !guilty.contains(delivery);
    }

    /** Whether there are any. */
    boolean areThere() {
        return !suspects.isEmpty() || !guilty.isEmpty();
    }

    /** Whether a run, of one event, is a suspect's. */
    boolean isSuspect(FinishedRun run) {
        return suspects.contains(run.deliveries().get(0));
    }

    /** A transaction of these runs was refused because of an answer. A proven one has its event opened again. */
    void refused(Refusal refusal, List<FinishedRun> runs) {
        Delivery delivery = refusal.delivery();
        boolean alone = runs.stream().mapToInt(run -> run.deliveries().size()).sum() == 1;
        runs.stream()
                .map(FinishedRun::partition)
                .filter(partition -> partition.assignment() == delivery.assignment() && !partition.isForgotten())
                .forEach(partition -> {
                    if (!refusal.isProven() && !alone) {
                        suspects.add(delivery);
                        return;
                    }
                    suspects.remove(delivery);
                    if (!partition.reopen(delivery, refusal.answer(), refusal.error())) {
                        guilty.add(delivery);
                    }
                });
    }

    /** A transaction of these runs is committed. */
    void committed(List<FinishedRun> runs) {
        if (areThere()) {
            runs.forEach(run -> run.deliveries().forEach(suspects::remove));
        }
    }

    /** A partition is given up. */
    void forget(PartitionLoop partition) {
        suspects.removeIf(delivery -> delivery.assignment() == partition.assignment());
        guilty.removeIf(delivery -> delivery.assignment() == partition.assignment());
    }
}
