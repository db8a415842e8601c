package io.kaufmann.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads for requests, and none for those who take too long to send theirs or to read the answer: they are cut off after some
 * seconds, and at once where others wait. Of those who wait the newest comes first, so that a probe waits for one such cut, however
 * many hang on the line before it. Thread-safe.
 *
 * <p>The JDK's server reads a request on the thread that answers it, with no limit of time unless a system property, which is all
 * servers' of the process, sets one. An interrupt closes the connection that a thread waits for.
 */
final class RequestThreads implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);

    private static final int THREADS = 16;
    private static final int WAITING = 512;
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_WHEN_OTHERS_WAIT = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final NewestFirst waiting = new NewestFirst();
    private final ThreadPoolExecutor pool;
    private final Set<Request> running = ConcurrentHashMap.newKeySet();
    private final Thread limit;

    RequestThreads() {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                KEPT.toMillis(),
                TimeUnit.MILLISECONDS,
                waiting,
                task -> daemon("kaufmann-http-" + number.incrementAndGet(), task));
        pool.allowCoreThreadTimeOut(true);
        limit = daemon("kaufmann-http-limit", this::cutOffAgainAndAgain);
        limit.start();
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs it as soon as a thread is free. Where too many wait, those who have waited longest are cut off.
     *
     * @throws RejectedExecutionException when it is closed
     */
    @Override
    public void execute(Runnable task) {
        pool.execute(new Request(task));
    }

    private void cutOffAgainAndAgain() {
        try {
            while (!pool.isShutdown()) {
                awaitRequests();
                cutOff();
                dropOldest();
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            // It is closed.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitRequests() throws InterruptedException {
        while (running.isEmpty()) {
            wait();
        }
    }

    /** The longest first, and no more than wait. */
    private void cutOff() {
        long now = System.nanoTime();
        int others = waiting.size();
        List<Request> longest = running.stream()
                .sorted(Comparator.comparingLong((Request request) -> request.since - now))
                .toList();
        for (Request request : longest) {
            long taken = now - request.since;
            if (taken > PATIENCE.toNanos() || (others-- > 0 && taken > PATIENCE_WHEN_OTHERS_WAIT.toNanos())) {
                request.cutOff();
            }
        }
    }

    private void dropOldest() {
        while (waiting.size() > WAITING) {
            if (waiting.pollLast() instanceof Request oldest) {
                oldest.drop();
            }
        }
    }

    private synchronized void begin(Request request) {
        running.add(request);
        notifyAll();
    }

    @Override
    public void close() {
        limit.interrupt();
        pool.shutdownNow();
    }

    /** What is put in last is taken out first. */
    private static final class NewestFirst extends LinkedBlockingDeque<Runnable> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return offerFirst(task);
        }
    }

    /** One request, from its first byte to the last of its answer. */
    private final class Request implements Runnable {

        private final Runnable task;
        // Set before it is among those that run.
        private volatile long since;
        // Guarded by this; null while it does not run.
        private Thread thread;

        Request(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            synchronized (this) {
                thread = Thread.currentThread();
            }
            since = System.nanoTime();
            begin(this);
            try {
                task.run();
            } finally {
                running.remove(this);
                end();
            }
        }

        /** The interrupt must not meet the next request of the thread. */
        private synchronized void end() {
            thread = null;
            var unused = Thread.interrupted();
        }

        /** Closes its connection: that is what the server does with one that meets an interrupt. */
        void drop() {
            Thread.currentThread().interrupt();
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.debug("A connection that is cut off", e);
            } finally {
                var unused = Thread.interrupted();
            }
        }

        synchronized void cutOff() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
