package io.kaufmann.internal.handoff;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What of ended assignments still runs in this process, so that a partition which comes back, to the same consumer or another
 * one, does not have an event or a key run twice at once. One for all loops of a service. Thread-safe.
 */
public final class Flights {

    private final Map<TopicPartition, Object> owners = new ConcurrentHashMap<>();
    private final Map<Flight, Lane> left = new ConcurrentHashMap<>();

    /**
     * What must not run twice at once.
     *
     * @param partition where it is from
     * @param key what tells it from other lanes of the partition
     */
    private record Flight(TopicPartition partition, Object key) {}

    /**
     * Takes a partition for a consumer loop. False while another loop still holds it: that one has yet to hear that the group
     * took it away, and must leave what runs first.
     */
    public boolean claim(TopicPartition partition, Object loop) {
        Object owner = owners.putIfAbsent(partition, loop);
        return owner == null || owner == loop;
    }

    /** Gives a partition back, after what runs of it was {@linkplain #leave left}. */
    public void release(TopicPartition partition, Object loop) {
        owners.remove(partition, loop);
    }

    /** A lane of a partition that is given up. If it is not through yet, its successor will wait for it. */
    public void leave(TopicPartition partition, Lane lane) {
        if (!lane.isIdle()) {
            Flight flight = new Flight(partition, lane.key());
            left.put(flight, lane);
            lane.whenIdle(() -> left.remove(flight, lane));
        }
    }

    /** Holds a new lane, which has no delivery yet, until its predecessor in an earlier assignment is through. */
    public void holdBehindPredecessor(TopicPartition partition, Lane lane) {
        if (left.isEmpty()) {
            return;
        }
        Lane predecessor = left.get(new Flight(partition, lane.key()));
        if (predecessor != null) {
            lane.hold();
            predecessor.whenIdle(lane::letGo);
        }
    }

    /** How many lanes of ended assignments are not through yet. */
    public int count() {
        return left.size();
    }
}
