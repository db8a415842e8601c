package io.kaufmann.testing;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What waits for the handler. Thread-safe: anybody adds, one thread at a time has the turn and handles, and what others publish
 * meanwhile is handled by it too.
 */
final class MockInbox {

    private final Consumer<ConsumerRecord<byte[], byte[]>> handler;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    // What is in the handler. Guarded by the turn.
    private Optional<Cascade> handling = Optional.empty();

    private record Arrival(ConsumerRecord<byte[], byte[]> record, Cascade cascade) {}

    MockInbox(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        this.handler = handler;
    }

    /** Adds a record, which came of what this thread handles, if it does. */
    void add(ConsumerRecord<byte[], byte[]> record, String name) {
        Optional<Cascade> cause = turn.isHeldByCurrentThread() ? handling : Optional.empty();
        arrivals.add(new Arrival(record, Cascade.of(name, cause)));
    }

    /** Handles what was given, after whoever has the turn. What a handler itself gives is handled after it. */
    void handleGiven() {
        if (!turn.isHeldByCurrentThread()) {
            inTurn(this::handleAll);
        }
    }

    /** Has the turn for something, and for what comes of it. */
    void inTurn(Runnable task) {
        turn.lock();
        try {
            task.run();
        } finally {
            turn.unlock();
        }
        handlePublished();
    }

    /** Handles what was published, unless another thread has the turn: that comes to it, and may wait for this one. */
    void handlePublished() {
        while (!arrivals.isEmpty() && !turn.isHeldByCurrentThread() && turn.tryLock()) {
            try {
                handleAll();
            } finally {
                turn.unlock();
            }
        }
    }

    /** Handles all there is. For whoever has the turn. */
    void handleAll() {
        int handled = 0;
        for (Arrival next = arrivals.poll(); next != null; next = arrivals.poll()) {
            Optional<Cascade> before = handling;
            try {
                next.cascade().check(++handled);
                handling = Optional.of(next.cascade());
                handler.accept(next.record());
            } catch (AssertionError e) {
                arrivals.clear();
                throw e;
            } finally {
                handling = before;
            }
        }
    }
}
