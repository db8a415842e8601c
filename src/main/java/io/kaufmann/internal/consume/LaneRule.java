package io.kaufmann.internal.consume;

import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import java.util.Optional;

/**
 * Which events share a lane. Immutable.
 *
 * @param ordering which events of a partition are handled one after the other
 * @param keyless with {@link Ordering#KEY}, what of those without a key
 */
public record LaneRule(Ordering ordering, KeylessEvents keyless) {

    private enum Shared {
        PARTITION,
        KEYLESS
    }

    /** What tells an event's lane from others: its offset for a lane of its own. */
    public Object laneKey(long offset, Optional<String> orderingKey) {
        return switch (ordering) {
            case UNORDERED -> offset;
            case PARTITION -> Shared.PARTITION;
            case KEY -> orderingKey.<Object>map(key -> key).orElseGet(() -> keyless(offset));
        };
    }

    /** Whether an event's ordering key matters. */
    public boolean goesByKey() {
        return ordering == Ordering.KEY;
    }

    private Object keyless(long offset) {
        return keyless == KeylessEvents.ORDERED ? Shared.KEYLESS : (Object) offset;
    }

    /** Whether this tells a lane that no other event shares. */
    static boolean isOwn(Object laneKey) {
        return laneKey instanceof Long;
    }
}
