package io.kaufmann.health;

import java.util.List;
import java.util.Map;

/**
 * What a service has done with its events since it started: sums that only grow, so that two of them tell the rates between.
 * Immutable.
 *
 * @param ended how many events ended in which way; each way has its entry
 * @param passedOver how many were read and handed to no worker, since the handler does not accept their names or they were finished
 *     before
 * @param retried how many attempts were made after an event's first, counted as it ends
 * @param latencies how long events took from being handed out to their end, dropped ones left out
 */
public record Traffic(Map<Ending, Long> ended, long passedOver, long retried, Latencies latencies) {

    /** Copies the map. */
    public Traffic {
        ended = Map.copyOf(ended);
    }

    /** How many events ended in a way. */
    public long ended(Ending way) {
        return ended.getOrDefault(way, 0L);
    }

    /**
     * How often something took how long, in steps that grow by about a fifth. Immutable.
     *
     * @param counts how many took less than the bound of the same place and not less than the one before; those past the last bound
     *     are in the last place
     */
    public record Latencies(List<Long> counts) {

        /** Copies the list. */
        public Latencies {
            counts = List.copyOf(counts);
        }
    }
}
