package io.kaufmann.internal.handoff;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * The lanes whose head awaits a worker. Bounded: it holds as many as events may be in flight, so an offer always finds
 * room; one that does not is a bug. Thread-safe.
 */
public final class WorkQueue {

    private final BlockingQueue<Lane> lanes;
    private final Consumer<Throwable> onOverflow;
    private final Lane end = new Lane(null, "end");

    /**
     * An empty queue.
     *
     * @param capacity how many events may be in flight
     * @param onOverflow hears of an offer that finds no room, on whichever thread it was
     */
    public WorkQueue(int capacity, Consumer<Throwable> onOverflow) {
        this.onOverflow = onOverflow;
        // One place more, for the mark of the end.
        lanes = new ArrayBlockingQueue<>(capacity + 1);
    }

    /**
     * Adds a lane.
     *
     * @throws IllegalStateException when there is no room, which means that the count of events in flight is wrong
     */
    void offer(Lane lane) {
        if (!lanes.offer(lane)) {
            IllegalStateException overflow = new IllegalStateException("The work queue is full at " + lanes.size()
                    + " lanes: more events are in flight than were counted. This is a bug in Kaufmann");
            onOverflow.accept(overflow);
            throw overflow;
        }
    }

    /** Waits for a lane; empty once the queue is closed. */
    public Optional<Lane> take() throws InterruptedException {
        Lane lane = lanes.take();
        if (lane == end) {
            // For the next worker.
            lanes.offer(end);
            return Optional.empty();
        }
        return Optional.of(lane);
    }

    /** A lane, if there is one and the queue is not closed. */
    public Optional<Lane> poll() {
        Lane lane = lanes.poll();
        if (lane == end) {
            lanes.offer(end);
            return Optional.empty();
        }
        return Optional.ofNullable(lane);
    }

    /** How many lanes await a worker. */
    public int size() {
        return lanes.size();
    }

    /** Lets every worker end as it comes for its next lane. What is in the queue now stays undone. */
    public void close() {
        lanes.clear();
        lanes.offer(end);
    }
}
