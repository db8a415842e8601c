package io.kaufmann.internal.handoff;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The lanes whose head awaits a worker. Bounded: it holds as many as events may be in flight, so an offer always finds
 * room; one that does not is a bug. Thread-safe.
 *
 * <p>Waking a thread costs more than many handlers take. So many lanes are offered at once, for which one worker is woken. While
 * lanes take long, a worker takes one, and wakes the next worker if there is more. While they are quick it takes several, and comes
 * back sooner than another would have woken.
 */
public final class WorkQueue {

    private static final int SPINS = 200;

    private final Consumer<Throwable> onOverflow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Pace pace = new Pace();
    // All guarded by the lock.
    private final Lane[] ring;
    private int first;
    private int size;
    private int idle;
    private boolean closed;
    private long takes;
    private long takesAtLastLook;

    /**
     * An empty queue.
     *
     * @param capacity how many events may be in flight
     * @param onOverflow hears of an offer that finds no room, on whichever thread it was
     */
    public WorkQueue(int capacity, Consumer<Throwable> onOverflow) {
        this.onOverflow = onOverflow;
        this.ring = new Lane[capacity];
    }

    /**
     * Adds a lane.
     *
     * @throws IllegalStateException when there is no room, which means that the count of events in flight is wrong
     */
    void offer(Lane lane) {
        enter();
        try {
            add(lane);
            // The worker that was woken for the one before, or comes with this one, takes it soon.
            if (size == 1 || !pace.isQuick()) {
                wakeOne();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds lanes. */
    public void offer(List<Lane> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        enter();
        try {
            for (Lane lane : lanes) {
                add(lane);
            }
            wakeOne();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lock: it is held for less than a microsecond, so that to try again is cheaper than to be put to sleep. */
    private void enter() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    /** Takes back lanes that a worker has not come to: what it is at takes long, so that the others are not left to one worker. */
    public void giveBack(List<Lane> lanes) {
        if (!lanes.isEmpty()) {
            pace.stalled();
            offer(lanes);
        }
    }

    private void add(Lane lane) {
        if (size == ring.length) {
            IllegalStateException overflow = new IllegalStateException("The work queue is full at " + size
                    + " lanes: more events are in flight than were counted. This is a bug in Kaufmann");
            onOverflow.accept(overflow);
            throw overflow;
        }
        int last = first + size;
        ring[last < ring.length ? last : last - ring.length] = lane;
        size++;
    }

    private Lane remove() {
        Lane lane = ring[first];
        ring[first] = null;
        first = first + 1 < ring.length ? first + 1 : 0;
        size--;
        return lane;
    }

    private void wakeOne() {
        if (idle > 0) {
            notEmpty.signal();
        }
    }

    /**
     * Waits for lanes, and takes one, or several of them while they are quick.
     *
     * @param into where they go
     * @return how many it took; 0 once the queue is closed
     */
    public int take(Lane[] into) throws InterruptedException {
        enter();
        try {
            while (size == 0 && !closed) {
                idle++;
                try {
                    notEmpty.await();
                } finally {
                    idle--;
                }
            }
            if (closed) {
                return 0;
            }
            takes++;
            boolean isQuick = pace.isQuick();
            // Half of them: there may be another worker that is on its way here.
            int count = isQuick ? Math.min(into.length, (size + 1) / 2) : 1;
            for (int i = 0; i < count; i++) {
                into[i] = remove();
            }
            if (size > 0 && !isQuick) {
                wakeOne();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a lane; empty once the queue is closed. */
    public Optional<Lane> take() throws InterruptedException {
        Lane[] one = new Lane[1];
        return take(one) == 0 ? Optional.empty() : Optional.of(one[0]);
    }

    /** A worker was done with so many lanes after this time. */
    public void took(int lanes, long nanos) {
        pace.note(lanes, nanos);
    }

    /**
     * Wakes a worker if lanes wait, others are idle, and none was taken since the last look: the workers that were quick hang. To be
     * called now and then.
     */
    public void wakeIfStalled() {
        enter();
        try {
            if (size > 0 && idle > 0 && takes == takesAtLastLook) {
                pace.stalled();
                wakeOne();
            }
            takesAtLastLook = takes;
        } finally {
            lock.unlock();
        }
    }

    /** A lane, if there is one and the queue is not closed. */
    public Optional<Lane> poll() {
        enter();
        try {
            return size == 0 || closed ? Optional.empty() : Optional.of(remove());
        } finally {
            lock.unlock();
        }
    }

    /** How many workers await a lane. */
    int idle() {
        enter();
        try {
            return idle;
        } finally {
            lock.unlock();
        }
    }

    /** How many lanes await a worker. */
    public int size() {
        enter();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Lets every worker end as it comes for its next lane. What is in the queue now stays undone. */
    public void close() {
        enter();
        try {
            closed = true;
            while (size > 0) {
                remove();
            }
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
