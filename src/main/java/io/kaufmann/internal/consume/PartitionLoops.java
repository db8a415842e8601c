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
    private final InFlight inFlight;
    private int turn;
    private int left = TURN;

    PartitionLoops(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    void add(PartitionLoop loop) {
        remove(loop.partition());
        byPartition.put(loop.partition(), loop);
        inTurn.add(loop);
    }

    Optional<PartitionLoop> get(TopicPartition partition) {
        return Optional.ofNullable(byPartition.get(partition));
    }

    void remove(TopicPartition partition) {
        inTurn.remove(byPartition.remove(partition));
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

    /** Hands out records as far as there is room, going on where the last call left off, in the midst of a turn too. */
    void handOut() {
        int idle = 0;
        while (idle < inTurn.size() && inFlight.hasRoom()) {
            turn %= inTurn.size();
            int count = inTurn.get(turn).handOut(left);
            idle = count > 0 ? 0 : idle + 1;
            left -= count;
            // A turn that the lack of room has cut short goes on next time: with room for one more than a turn, the
            // partition that comes second would get one each time, and the first all the rest.
            if (left == 0 || inFlight.hasRoom()) {
                turn++;
                left = TURN;
            }
        }
    }
}
