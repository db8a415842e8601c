package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.ReadyLanes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** The partitions that a consumer loop reads at present, served in turn. Consumer thread only. */
final class PartitionLoops {

    // So many records of one partition before the next one has its turn.
    private static final int TURN = 32;

    private final Map<TopicPartition, PartitionLoop> byPartition = new HashMap<>();
    private final List<PartitionLoop> inTurn = new ArrayList<>();
    private final InFlight inFlight;
    private final ReadyLanes ready;
    private int turn;

    PartitionLoops(InFlight inFlight, ReadyLanes ready) {
        this.inFlight = inFlight;
        this.ready = ready;
    }

    void add(PartitionLoop loop) {
        remove(loop.partition());
        byPartition.put(loop.partition(), loop);
        inTurn.add(loop);
        inFlight.divide(inTurn.size());
    }

    Optional<PartitionLoop> get(TopicPartition partition) {
        return Optional.ofNullable(byPartition.get(partition));
    }

    void remove(TopicPartition partition) {
        PartitionLoop removed = byPartition.remove(partition);
        if (removed != null) {
            removed.forgetBacklog();
            inTurn.remove(removed);
        }
        inFlight.divide(inTurn.size());
    }

    Collection<PartitionLoop> all() {
        return byPartition.values();
    }

    boolean isEmpty() {
        return inTurn.isEmpty();
    }

    /** Whether one that was full, and asked to be woken, may have room again. */
    boolean haveRoomAgain() {
        for (PartitionLoop loop : inTurn) {
            if (loop.assignment().hasRoomAgain() || loop.assignment().hasAwaitedEnded()) {
                return true;
            }
        }
        return false;
    }

    /** Hands out records as far as there is room, going on with the partition after the last call's last. */
    void handOut() {
        int idle = 0;
        while (idle < inTurn.size()) {
            turn %= inTurn.size();
            int count = inTurn.get(turn).handOut(TURN);
            idle = count > 0 ? 0 : idle + 1;
            turn++;
        }
        ready.flush();
    }
}
