package io.kaufmann.codec;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As many things as were ever in use at once: rather than one for each thread, of which there may be very many. The one
 * that came back last goes out first. Thread-safe.
 */
final class Pool<T> implements Loan<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final Supplier<T> make;
    private final Consumer<T> dispose;
    private final Deque<T> idle = new ConcurrentLinkedDeque<>();

    private volatile boolean closed;

    Pool(Supplier<T> make, Consumer<T> dispose) {
        this.make = make;
        this.dispose = dispose;
        idle.push(make.get()); // One at once: what cannot be made is to fail at the start.
    }

    @Override
    public <R> R call(Function<T, R> use) {
        if (closed) {
            throw new IllegalStateException("The transcoder is closed");
        }
        T known = idle.poll();
        T thing = known == null ? make.get() : known;
        try {
            return use.apply(thing);
        } finally {
            idle.push(thing);
            if (closed) { // In between: whoever takes it out disposes of it.
                disposeOfIdle();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        disposeOfIdle();
    }

    private void disposeOfIdle() {
        for (T thing = idle.poll(); thing != null; thing = idle.poll()) {
            try {
                dispose.accept(thing);
            } catch (RuntimeException e) { // The others are to be closed all the same.
                LOG.warn("Closing a {} failed", thing.getClass().getName(), e);
            }
        }
    }

    @Override
    public String toString() {
        return "made as needed";
    }
}
