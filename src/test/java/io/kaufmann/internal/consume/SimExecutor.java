package io.kaufmann.internal.consume;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that runs when it is told to, or waited for. In the midst of a task it can be waited for in vain only. For one thread. */
final class SimExecutor extends AbstractExecutorService {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean busy;
    private boolean isShutDown;

    /** Does the next task. False when there is none, or one is being done. */
    boolean turn() {
        if (busy || tasks.isEmpty()) {
            return false;
        }
        busy = true;
        try {
            tasks.remove().run();
        } finally {
            busy = false;
        }
        return true;
    }

    boolean hasWork() {
        return busy || !tasks.isEmpty();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Future<?> submit(Runnable task) {
        if (busy) {
            return new Never();
        }
        while (turn()) {
            // All that came before.
        }
        task.run();
        return CompletableFuture.completedFuture(null);
    }

    /** Waited for in vain. */
    private static final class Never extends CompletableFuture<Void> {

        @Override
        public Void get(long timeout, TimeUnit unit) throws TimeoutException {
            throw new TimeoutException("on purpose");
        }
    }

    @Override
    public void shutdown() {
        isShutDown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
        return isShutDown;
    }

    @Override
    public boolean isTerminated() {
        return isShutDown && !hasWork();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
