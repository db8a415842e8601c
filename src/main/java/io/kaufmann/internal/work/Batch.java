package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lanes that a worker has taken at once and not begun yet. Its thread takes from it. The timer gives what is left back to the queue
 * when one of them takes long, so that none waits behind a handler that hangs.
 */
final class Batch {

    static final int LARGEST = 16;
    private static final long LONGEST_NANOS = Duration.ofMillis(20).toNanos();

    private final WorkQueue queue;
    private final Clock clock;
    private final Runnable whenEmpty;
    private final AtomicReferenceArray<Lane> lanes = new AtomicReferenceArray<>(LARGEST);
    // When it was taken; 0 while it holds nothing that could be given back.
    private volatile long takenNanos;

    // The worker's own.
    private final Lane[] taken = new Lane[LARGEST];
    private int size;
    private int next;
    private int passedOver;
    private long startNanos;

    /**
     * Lanes of this queue.
     *
     * @param whenEmpty called by the worker's thread before it takes more, for which it may have to wait
     */
    Batch(WorkQueue queue, Clock clock, Runnable whenEmpty) {
        this.queue = queue;
        this.clock = clock;
        this.whenEmpty = whenEmpty;
    }

    /** The next lane to work on; takes more when there is none left. Null once the queue is closed. Worker thread. */
    Lane take() throws InterruptedException {
        // One that came too late for its handler must not strike the next one.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Lane left = next();
        while (left == null) {
            measure();
            whenEmpty.run();
            size = queue.take(taken);
            if (size == 0) {
                return null;
            }
            startNanos = clock.nanos();
            next = 0;
            for (int i = 1; i < size; i++) {
                lanes.set(i, taken[i]);
            }
            if (size > 1) {
                takenNanos = startNanos | 1;
            }
            left = next();
        }
        return left;
    }

    /** The one that was taken last was not worked on, so that it tells nothing of how quick they are. Worker thread. */
    void passedOver() {
        passedOver++;
    }

    private Lane next() {
        while (next < size) {
            int place = next++;
            Lane lane = place == 0 ? taken[0] : lanes.getAndSet(place, null);
            if (lane != null) {
                return lane;
            }
        }
        return null;
    }

    private void measure() {
        if (size > 0) {
            if (size > passedOver) {
                queue.took(size - passedOver, clock.nanos() - startNanos);
            }
            passedOver = 0;
            takenNanos = 0;
            size = 0;
        }
    }

    /** Gives what is left back, if it was taken so long ago that what is worked on must be slow. Any thread. */
    void giveBackIfSlow() {
        long since = takenNanos;
        if (since != 0 && clock.nanos() - since > LONGEST_NANOS) {
            giveBack();
        }
    }

    /** Gives what is left back. Any thread. */
    void giveBack() {
        // Made before any is taken out: memory may be short.
        List<Lane> left = new ArrayList<>(LARGEST);
        for (int i = 1; i < LARGEST; i++) {
            Lane lane = lanes.getAndSet(i, null);
            if (lane != null) {
                left.add(lane);
            }
        }
        queue.giveBack(left);
    }
}
