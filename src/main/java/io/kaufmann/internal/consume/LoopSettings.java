package io.kaufmann.internal.consume;

import java.time.Duration;
import java.util.List;

/**
 * What a consumer loop reads and how. Immutable.
 *
 * @param topics the topics of the subscription
 * @param fromEarliest whether a group without a commit starts at the beginning; at the end otherwise
 * @param maxInFlightEvents how many events may be handed out and unfinished
 * @param maxInFlightBytes how many bytes these may have
 * @param maxUncommitted how far, in offsets, a partition may be read ahead of what is committed
 * @param commitInterval the time between commits
 * @param commitThreshold how many finished events bring a commit before that
 * @param commitWaits whether the loop waits for each commit
 * @param gapMapLimit how many characters of a commit may tell what is finished beyond it
 * @param lanes which events share a lane
 * @param drainTimeout how long a revoke waits for what runs
 * @param refusalIsFinal whether a consumer that the group refused for want of rights never joins again, as by the protocol of
 *     KIP-848
 * @param replays whether it only goes to where each partition's commit says that a replay ends, and keeps that in its commits
 */
public record LoopSettings(
        List<String> topics,
        boolean fromEarliest,
        int maxInFlightEvents,
        long maxInFlightBytes,
        long maxUncommitted,
        Duration commitInterval,
        long commitThreshold,
        boolean commitWaits,
        int gapMapLimit,
        LaneRule lanes,
        Duration drainTimeout,
        boolean refusalIsFinal,
        boolean replays) {}
