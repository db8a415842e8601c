package io.kaufmann.task;

import java.time.Duration;
import java.util.Map;

/**
 * What a replay has done. Immutable.
 *
 * @param plan what it was to do
 * @param complete whether it came to its end; else the group's commits say where it is, and it can be resumed
 * @param done how many offsets are done and committed
 * @param failed how many events failed, as far as their error events or dead letters were muted and so seen
 * @param muted how many events would have been published, by their names; empty when publishing was allowed
 * @param took how long it took
 */
public record ReplayReport(
        ReplayPlan plan, boolean complete, long done, long failed, Map<String, Long> muted, Duration took) {

    /** Copies the map. */
    public ReplayReport {
        muted = Map.copyOf(muted);
    }
}
