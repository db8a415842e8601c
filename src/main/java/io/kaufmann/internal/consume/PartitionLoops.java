package io.kaufmann.internal.consume;

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
    private int turn;

    void add(PartitionLoop loop) {
        remove(loop.partition());
        byPartition.put(loop.partition(), loop);
        inTurn.add(loop);
    }

    Optional<PartitionLoop> get(TopicPartition partition) {
        return Optional.ofNullable(byPartition.get(partition));
    }

    Optional<PartitionLoop> remove(TopicPartition partition) {
        PartitionLoop loop = byPartition.remove(partition);
        inTurn.remove(loop);
        return Optional.ofNullable(loop);
    }

    Collection<PartitionLoop> all() {
        return byPartition.values();
    }

    boolean isEmpty() {
        return inTurn.isEmpty();
    }

    /** Whether any of them has records that wait for room. */
    boolean haveBacklog() {
        for (PartitionLoop loop : inTurn) {
            if (loop.hasBacklog()) {
                return true;
            }
        }
        return false;
    }

    /** Hands out records as far as there is room, going on where the last call left off. */
    void handOut() {
        int idle = 0;
        while (idle < inTurn.size()) {
            turn = (turn + 1) % inTurn.size();
            idle = inTurn.get(turn).handOut(TURN) ? 0 : idle + 1;
        }
    }
}
