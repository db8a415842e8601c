package io.kaufmann.internal.consume;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The only place that calls {@link Consumer#wakeup}. A wakeup is sticky: it strikes the next blocking call of the consumer,
 * whichever that is. So it is given only while the loop is inside a poll and outside its callbacks, and only once for each
 * poll; one that comes too late for its poll is caught by {@link #calmly}. Any thread wakes; the rest is for the consumer
 * thread.
 */
final class Wakeups {

    private final Consumer<?, ?> consumer;
    // Guarded by this: whether a wakeup may be given now.
    private boolean open;

    Wakeups(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Ends a poll that is going on. Does nothing outside one. */
    synchronized void wake() {
        if (open) {
            open = false;
            consumer.wakeup();
        }
    }

    synchronized void open() {
        open = true;
    }

    synchronized void shut() {
        open = false;
    }

    /** Calls the consumer outside a poll. A wakeup left from the poll before strikes once, and the call is repeated. */
    <T> T calmly(Supplier<T> call) {
        try {
            return call.get();
        } catch (WakeupException e) {
            return call.get();
        }
    }
}
