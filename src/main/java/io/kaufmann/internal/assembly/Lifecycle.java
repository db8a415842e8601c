package io.kaufmann.internal.assembly;

import io.kaufmann.health.State;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a service, and its end. Thread-safe. */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.service");

    private final String service;
    private final AtomicReference<State> state = new AtomicReference<>(State.CREATED);
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Lifecycle(String service) {
        this.service = service;
    }

    State state() {
        return state.get();
    }

    /** Goes to the next state. False when the present one does not lead there, as when someone else was first. */
    boolean become(State next) {
        State now = state.get();
        while (now.canBecome(next)) {
            if (state.compareAndSet(now, next)) {
                LOG.info("Service {} is {}", service, next);
                return true;
            }
            now = state.get();
        }
        return false;
    }

    /** Nothing of the service runs any more: what is to be done then is done before anyone hears of the end. */
    void ended() {
        closed.complete(null);
        ended.complete(null);
    }

    void whenEnded(Runnable task) {
        var unused = closed.thenRun(task);
    }

    boolean awaitEnd(Duration timeout) throws InterruptedException {
        try {
            ended.get(Deadline.bounded(timeout).toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An end without a result cannot fail", e);
        }
    }
}
