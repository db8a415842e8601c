package io.kaufmann.cli;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Lets a task end in order when the process is asked to (SIGTERM, Ctrl-C), and waits for it. Thread-safe. */
final class StopInOrder implements AutoCloseable {

    // What a shutdown that is under way waits for.
    private static final Queue<CountDownLatch> ENDING = new ConcurrentLinkedQueue<>();

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** From now on a shutdown asks the task to stop, and waits until this is closed. */
    StopInOrder(Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    awaitDone();
                },
                "kaufmann-cli-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void awaitDone() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The task is at its end, but may have to tell of it: a shutdown under way waits for {@link #release}. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            ENDING.add(done);
        }
    }

    /** All has been told: the process may end. */
    static void release() {
        for (CountDownLatch latch = ENDING.poll(); latch != null; latch = ENDING.poll()) {
            latch.countDown();
        }
    }
}
