package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Lane;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The lanes of one assigned partition. Consumer thread only. */
final class Lanes {

    private final Assignment assignment;
    private final Flights flights;
    // Those that several events share; and those of one event whose handler is still out though the event is done.
    private final Map<Object, Lane> byKey = new HashMap<>();

    Lanes(Assignment assignment, Flights flights) {
        this.assignment = assignment;
        this.flights = flights;
    }

    /** The lane of a key. One that is new begins when its predecessor in an earlier assignment is through. */
    Lane get(Object key) {
        return LaneRule.isOwn(key) ? open(key) : byKey.computeIfAbsent(key, this::open);
    }

    private Lane open(Object key) {
        Lane lane = new Lane(assignment.share(), key);
        flights.holdBehindPredecessor(assignment.partition(), lane);
        return lane;
    }

    /** A delivery has ended: an idle lane is forgotten. */
    void settled(Delivery delivery) {
        Lane lane = delivery.lane();
        if (lane.isIdle()) {
            byKey.remove(lane.key(), lane);
        } else if (LaneRule.isOwn(lane.key())) {
            byKey.put(lane.key(), lane);
        }
    }

    /** Forgets those that have become idle since. */
    void sweep() {
        byKey.values().removeIf(Lane::isIdle);
    }

    /** The assignment ends: what of it is not through is left behind for the next one to wait for. */
    void leave(Collection<Delivery> unfinished) {
        byKey.values().forEach(this::leave);
        unfinished.forEach(delivery -> leave(delivery.lane()));
    }

    private void leave(Lane lane) {
        flights.leave(assignment.partition(), lane);
    }
}
