package io.kaufmann.internal.work;

import io.kaufmann.internal.handoff.HandlerCall;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of workers that drain the queue. One that is lost in a handler is replaced, up to a bound. Thread-safe; workers
 * are replaced by one thread, the timer.
 */
public final class WorkerPool {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final int MOST_NAMED = 20;

    private final WorkQueue queue;
    private final EventProcessor processor;
    private final Clock clock;
    private final Consumer<Throwable> onFailure;
    private final WorkerThreads threads;
    private final int size;
    private final int maxLost;
    private final Map<Thread, Worker> workers = new ConcurrentHashMap<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger died = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean closing;

    /**
     * Workers that are not started yet.
     *
     * @param size how many, and how many more may take the places of those that are lost
     * @param queue where they take their work from
     * @param processor what they do with it
     * @param clock tells the time
     * @param onFailure hears of an error that is no handler's, and so a bug
     */
    public WorkerPool(
            Size size, WorkQueue queue, EventProcessor processor, Clock clock, Consumer<Throwable> onFailure) {
        this.clock = clock;
        this.queue = queue;
        this.processor = processor;
        this.onFailure = onFailure;
        this.threads = size.threads();
        this.size = size.workers();
        this.maxLost = size.maxLost();
        for (int i = 0; i < this.size; i++) {
            add();
        }
    }

    /**
     * What workers there are.
     *
     * @param threads makes their threads
     * @param workers how many work at once
     * @param maxLost how many that are lost in handlers are replaced
     */
    public record Size(WorkerThreads threads, int workers, int maxLost) {}

    private Thread add() {
        Worker worker = new Worker(queue, processor, clock, onFailure);
        Thread thread = threads.make("kaufmann-worker-" + numbers.incrementAndGet(), () -> work(worker));
        workers.put(thread, worker);
        return thread;
    }

    private void work(Worker worker) {
        try {
            worker.run();
        } finally {
            workers.remove(Thread.currentThread());
            if (worker.isLost()) {
                lost.decrementAndGet();
                LOG.info(
                        "{} has come back from its handler, and ends: it was replaced",
                        Thread.currentThread().getName());
            } else if (!closing) {
                died.incrementAndGet();
            }
        }
    }

    /** Starts them. */
    public void start() {
        workers.keySet().forEach(Thread::start);
    }

    /** Whether the calling thread is one of them: then it must not wait for their end. */
    public boolean isCalling() {
        return workers.containsKey(Thread.currentThread());
    }

    /** The calls of handlers that run at present. */
    public Stream<HandlerCall> calls() {
        return workers.values().stream().flatMap(worker -> worker.call().stream());
    }

    /** How many workers are lost in handlers, and replaced. */
    public int lost() {
        return lost.get();
    }

    /** How many have ended though nobody ended them. */
    public int died() {
        return died.get();
    }

    /** How many are in a handler, those left out that are lost there. */
    public int busy() {
        return (int) workers.values().stream()
                .filter(worker -> !worker.isLost() && worker.call().isPresent())
                .count();
    }

    /** How many lanes wait for one of them. */
    public int queued() {
        return queue.size();
    }

    /** Gives what waits behind lanes that take long back to the other workers, again and again until the timer is closed. */
    public void watch(Timer timer) {
        timer.after(BETWEEN_LOOKS, () -> {
            try {
                workers.values().forEach(Worker::giveBackIfSlow);
                queue.wakeIfStalled();
            } finally {
                watch(timer);
            }
        });
    }

    /** How many work at once. */
    public int size() {
        return size;
    }

    /**
     * Puts a new worker in the place of the one that is in this call, which ends when the handler returns. False when as many as
     * may be are lost already. For the timer.
     */
    boolean replace(HandlerCall call) {
        Worker worker = workers.get(call.thread());
        if (worker == null || closing || worker.isLost() || !isIn(worker, call)) {
            return true;
        }
        if (lost.get() >= maxLost) {
            return false;
        }
        if (!startAnother()) {
            return false;
        }
        lost.incrementAndGet();
        worker.lose();
        LOG.warn(
                "{} does not come back from the handler of {}, though it was interrupted, and is replaced by a new worker ({}"
                        + " are at present). Let the handler heed interrupts",
                call.thread().getName(),
                call.delivery(),
                lost.get());
        return true;
    }

    private boolean startAnother() {
        Thread another = add();
        try {
            another.start();
            return true;
        } catch (OutOfMemoryError e) {
            workers.remove(another);
            LOG.error("No thread could be had for a worker in the place of one that is lost in its handler", e);
            return false;
        }
    }

    private static boolean isIn(Worker worker, HandlerCall call) {
        return worker.call().filter(now -> Objects.equals(now, call)).isPresent();
    }

    /** Ends them: they finish what they have in hand until the deadline, and are interrupted then. */
    public void close(Deadline deadline) throws InterruptedException {
        closing = true;
        workers.values().forEach(Worker::close);
        queue.close();
        List<Thread> present = List.copyOf(workers.keySet());
        join(present, deadline);
        // Those that have just heard that there is no more to do need a moment.
        join(present, Deadline.in(A_MOMENT, Clock.system()));
        List<Thread> late = present.stream().filter(Thread::isAlive).toList();
        late.stream()
                .limit(MOST_NAMED)
                .forEach(thread -> LOG.warn(
                        "{} still runs a handler and is interrupted. It is at {}", thread.getName(), place(thread)));
        if (late.size() > MOST_NAMED) {
            LOG.warn("{} more workers still run handlers and are interrupted", late.size() - MOST_NAMED);
        }
        for (Thread thread : late) {
            abandonWhatItHandles(thread);
            thread.interrupt();
        }
    }

    private static void join(List<Thread> threads, Deadline deadline) throws InterruptedException {
        for (Thread thread : threads) {
            if (!deadline.isOver()) {
                thread.join(Math.max(1, deadline.left().toMillis()));
            }
        }
    }

    /** It is delivered again: what comes of the interrupt must not be taken for its answer. */
    private void abandonWhatItHandles(Thread thread) {
        Optional.ofNullable(workers.get(thread))
                .flatMap(Worker::call)
                .ifPresent(call -> call.delivery().assignment().abandon());
    }

    private static String place(Thread worker) {
        StackTraceElement[] stack = worker.getStackTrace();
        return stack.length == 0 ? "its end" : stack[0].toString();
    }
}
