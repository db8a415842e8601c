package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Delivery;

/**
 * How many events, and how many bytes of them, a consumer loop has handed out, and how many it keeps that were read and not
 * handed out, against its limits, which its partitions share evenly. Consumer thread only.
 */
final class InFlight {

    // Times a partition's share of what may be in flight.
    private static final int MOST_FINISHED = 4;

    private final int maxEvents;
    private final long maxBytes;
    private int partitions = 1;
    private int events;
    private long bytes;
    private int keptEvents;
    private long keptBytes;

    InFlight(int maxEvents, long maxBytes) {
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** Divides the limits among so many partitions. */
    void divide(int count) {
        partitions = Math.max(1, count);
    }

    /** Whether the loop may hand out more. */
    boolean hasRoom() {
        return events < maxEvents && bytes < maxBytes;
    }

    /** Whether it may hand out more though the limit is reached: so many events at most. */
    boolean hasRoomBeyond(int more) {
        return events < maxEvents + more;
    }

    /** Whether the loop may read more: beyond the limit, one poll's records at most are kept. */
    boolean hasRoomToRead() {
        return keptEvents == 0 || (events + keptEvents < maxEvents && bytes + keptBytes < maxBytes);
    }

    /** Whether a partition that has handed out so much may hand out more: one event in any case. */
    boolean hasRoom(int partitionEvents, long partitionBytes) {
        return partitionEvents < shareOfEvents() && partitionBytes < shareOfBytes();
    }

    /** Records were read, or with negative numbers, those that were are handed out or forgotten. */
    void keep(int moreEvents, long moreBytes) {
        keptEvents += moreEvents;
        keptBytes += moreBytes;
    }

    void add(Delivery delivery) {
        events++;
        bytes += delivery.bytes();
    }

    void remove(Delivery delivery) {
        events--;
        bytes -= delivery.bytes();
    }

    /** It has ended, and is kept with what came of it. */
    void keepFinished(long answerBytes) {
        events--;
        bytes += answerBytes;
    }

    /** What was kept has been written, or is dropped. */
    void removeFinished(long finishedBytes) {
        bytes -= finishedBytes;
    }

    /** What was kept is not finished after all. */
    void reopen(long answerBytes) {
        events++;
        bytes -= answerBytes;
    }

    /** Whether a partition that keeps so many finished events may go on: those behind one that takes its time are kept too. */
    boolean hasRoomToKeep(int partitionFinished) {
        return partitionFinished < MOST_FINISHED * (long) shareOfEvents();
    }

    /** How many events a partition may have in flight. */
    int shareOfEvents() {
        return Math.max(1, maxEvents / partitions);
    }

    /** How many bytes a partition may have in flight, kept ones included. */
    long shareOfBytes() {
        return Math.max(1, maxBytes / partitions);
    }
}
