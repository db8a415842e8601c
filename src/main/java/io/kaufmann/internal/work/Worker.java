package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Seat;
import io.kaufmann.internal.handoff.Share;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Takes lanes from the queue, one after the other, and does the next thing for each. Its thread takes turns until the queue is
 * closed, or until it was lost in a handler and replaced.
 */
final class Worker implements Runnable {

    private final WorkQueue queue;
    private final Batch batch;
    private final EventProcessor processor;
    private final Consumer<Throwable> onFailure;
    private final Seat seat = new Seat();
    // The share that it counts for while it is at work, on several lanes of it perhaps. Taken away by whoever comes
    // first: the worker when it is through, or the pool when it gives it up for lost.
    private final AtomicReference<Share> atWork = new AtomicReference<>();
    private volatile boolean lost;
    private volatile boolean closing;

    Worker(WorkQueue queue, EventProcessor processor, Clock clock, Consumer<Throwable> onFailure) {
        this.queue = queue;
        this.batch = new Batch(queue, clock, this::release);
        this.processor = processor;
        this.onFailure = onFailure;
    }

    @Override
    public void run() {
        try {
            Lane lane = take();
            while (lane != null) {
                work(lane);
                lane = lost || closing ? null : take();
            }
        } finally {
            release();
            batch.giveBack();
        }
    }

    /** One turn: does the next thing for a lane that waits. False when none does. */
    boolean turn() {
        Optional<Lane> lane = queue.poll();
        lane.ifPresent(this::work);
        release();
        return lane.isPresent();
    }

    /** The next lane; null when the queue is closed. */
    private Lane take() {
        while (true) {
            try {
                return batch.take();
            } catch (InterruptedException e) {
                // Only a closing pool ends its workers. Anyone else's interrupt came too late for its handler.
                if (closing) {
                    return null;
                }
            }
        }
    }

    private void work(Lane lane) {
        try {
            process(lane);
        } catch (Throwable e) {
            onFailure.accept(e);
        }
    }

    private void process(Lane lane) {
        Delivery delivery = lane.head();
        if (!delivery.takeCounted()) {
            release();
            processor.process(delivery, seat);
        } else if (enter(lane)) {
            processor.process(delivery, seat);
        } else {
            batch.passedOver();
        }
    }

    /** Counts for the lane's share: the one that it counts for already, most often. False when the share is full. */
    private boolean enter(Lane lane) {
        Share share = lane.share();
        if (atWork.get() == share) {
            return true;
        }
        release();
        boolean entered = share.enter(lane);
        if (entered) {
            atWork.set(share);
        }
        return entered;
    }

    /** It does not count for a partition's share any more. */
    private void release() {
        Share share = atWork.getAndSet(null);
        if (share != null) {
            share.release();
        }
    }

    /** What waits here behind a lane that takes long goes back to the queue. For the timer. */
    void giveBackIfSlow() {
        batch.giveBackIfSlow();
    }

    /** Gives it up for lost in its handler: it ends when that returns. For the timer. */
    void lose() {
        lost = true;
        release();
    }

    /** Whether it was given up for lost. */
    boolean isLost() {
        return lost;
    }

    /** Lets an interrupt end it between two lanes. */
    void close() {
        closing = true;
    }

    /** The handler that it is in. */
    Optional<HandlerCall> call() {
        return seat.call();
    }
}
