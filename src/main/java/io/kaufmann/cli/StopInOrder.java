package io.kaufmann.cli;

import java.util.concurrent.CountDownLatch;

/** Lets a task end in order when the process is asked to (SIGTERM, Ctrl-C), and waits for it. Thread-safe. */
final class StopInOrder implements AutoCloseable {

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

    /** The task is at its end, and has told of it. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is under way, and was waiting for this.
        }
    }
}
