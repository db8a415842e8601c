package io.kaufmann.health;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One partition that a service reads. Immutable.
 *
 * @param topic its topic
 * @param partition its number
 * @param committed the offset that the group has committed
 * @param position the offset that follows the newest event that was handed out
 * @param lag how many offsets lie between what is committed and the partition's end, as far as that is known
 * @param events how many events are in flight: queued, running, or waiting
 * @param bytes how much these weigh
 * @param gapMapBytes how much of the last commit tells what is finished beyond it
 * @param stalled whether an event of it, or the whole of it, has not gone on for longer than {@code kaufmann.stall.after}
 * @param pause why nothing more is fetched at present; empty when it is
 * @param running the event that has been running longest in its handler
 * @param queued the event that has waited longest for a worker, or behind others of its key
 * @param answering the event that has waited longest for its answers to be acknowledged, or for an outage to pass
 * @param retrying the event that has been retried for longest
 */
public record PartitionHealth(
        String topic,
        int partition,
        long committed,
        long position,
        OptionalLong lag,
        int events,
        long bytes,
        int gapMapBytes,
        boolean stalled,
        Optional<Pause> pause,
        Optional<Oldest> running,
        Optional<Oldest> queued,
        Optional<Oldest> answering,
        Optional<Oldest> retrying) {

    /** How far, in offsets, it is read ahead of what is committed. */
    public long span() {
        return position - committed;
    }

    /** Why nothing more is fetched. */
    public enum Pause {
        /** The partition has its share of events or bytes in flight. */
        FULL_SHARE,
        /** All partitions together have as many events or bytes in flight as may be. */
        FULL,
        /** It is read as far ahead of what is committed as may be. */
        FULL_SPAN
    }

    /**
     * The oldest event of a kind.
     *
     * @param event its name, escaped and cut
     * @param offset its offset
     * @param age how long it has been in this condition
     */
    public record Oldest(String event, long offset, Duration age) {}
}
