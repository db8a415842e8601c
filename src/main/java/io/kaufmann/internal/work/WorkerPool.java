package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fixed number of workers that drain the queue. Thread-safe. */
public final class WorkerPool {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final WorkQueue queue;
    private final EventProcessor processor;
    private final Consumer<Throwable> onFailure;
    private final List<Thread> workers;
    private volatile boolean closing;

    /**
     * Workers that are not started yet.
     *
     * @param size how many
     * @param queue where they take their work from
     * @param processor what they do with it
     * @param onFailure hears of an error that is no handler's, and so a bug
     */
    public WorkerPool(int size, WorkQueue queue, EventProcessor processor, Consumer<Throwable> onFailure) {
        this.queue = queue;
        this.processor = processor;
        this.onFailure = onFailure;
        this.workers = IntStream.rangeClosed(1, size).mapToObj(this::worker).toList();
    }

    private Thread worker(int number) {
        Thread thread = new Thread(this::work, "kaufmann-worker-" + number);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts them. */
    public void start() {
        workers.forEach(Thread::start);
    }

    /** Whether the calling thread is one of them: then it must not wait for their end. */
    public boolean isCalling() {
        return workers.contains(Thread.currentThread());
    }

    private void work() {
        Optional<Lane> lane = take();
        while (lane.isPresent()) {
            process(lane.get().head());
            lane = take();
        }
    }

    /** The next lane; empty when the pool is closed. */
    private Optional<Lane> take() {
        while (true) {
            try {
                return queue.take();
            } catch (InterruptedException e) {
                // Only a closing pool ends its workers. Anyone else's interrupt came too late for its handler.
                if (closing) {
                    return Optional.empty();
                }
            }
        }
    }

    private void process(Delivery delivery) {
        try {
            processor.process(delivery);
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** Ends them: they finish what they have in hand until the deadline, and are interrupted then. */
    public void close(Deadline deadline) throws InterruptedException {
        closing = true;
        queue.close();
        for (Thread worker : workers) {
            worker.join(Math.max(1, deadline.left().toMillis()));
        }
        for (Thread worker : workers) {
            if (worker.isAlive()) {
                LOG.warn("{} still runs a handler and is interrupted. It is at {}", worker.getName(), place(worker));
                worker.interrupt();
            }
        }
    }

    private static String place(Thread worker) {
        StackTraceElement[] stack = worker.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0].toString();
    }
}
