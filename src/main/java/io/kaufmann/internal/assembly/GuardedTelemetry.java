package io.kaufmann.internal.assembly;

import io.kaufmann.health.Health;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.telemetry.Telemetry;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a listener does to itself away from the events: what it throws, its slowness, and that it does not return. Thread-safe.
 */
final class GuardedTelemetry implements Telemetry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.telemetry");

    private static final Duration LAST_OBSERVATION = Duration.ofSeconds(1);

    private final Telemetry listener;
    private final String name;
    private final ListenerWatch watch;
    // A listener that hangs must not hold the timer, which is what finds it. Only the newest waits for the one before.
    private final ThreadPoolExecutor observer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            GuardedTelemetry::observerThread,
            new ThreadPoolExecutor.DiscardOldestPolicy());
    private volatile boolean prometheusFails;

    /** Passes over what the listener throws, and does no more until it is watched. */
    GuardedTelemetry(Telemetry listener, Clock clock) {
        this.listener = listener;
        this.name = listener.getClass().getName();
        this.watch = new ListenerWatch(name, clock);
    }

    private static Thread observerThread(Runnable task) {
        Thread thread = new Thread(task, "kaufmann-telemetry");
        thread.setDaemon(true);
        return thread;
    }

    /** Cuts the listener off when it throws, is slow or hangs, until the timer is closed. */
    void watch(Timer timer) {
        if (listener != NONE) {
            watch.watch(timer);
        }
    }

    /** What is to be told: this, or nothing when nobody listens. */
    Telemetry orNone() {
        return listener == NONE ? NONE : this;
    }

    @Override
    public void decoded(Decoded decoded) {
        tell(ListenerCall.DECODED, Telemetry::decoded, decoded);
    }

    @Override
    public void handled(Handled handled) {
        tell(ListenerCall.HANDLED, Telemetry::handled, handled);
    }

    @Override
    public void encoded(Encoded encoded) {
        tell(ListenerCall.ENCODED, Telemetry::encoded, encoded);
    }

    @Override
    public void published(Published published) {
        tell(ListenerCall.PUBLISHED, Telemetry::published, published);
    }

    @Override
    public void finished(Finished finished) {
        tell(ListenerCall.FINISHED, Telemetry::finished, finished);
    }

    @Override
    public void passedOver(PassedOver passedOver) {
        tell(ListenerCall.PASSED_OVER, Telemetry::passedOver, passedOver);
    }

    @Override
    public void retried(Retried retried) {
        tell(ListenerCall.RETRIED, Telemetry::retried, retried);
    }

    @Override
    public void errorSent(ErrorSent errorSent) {
        tell(ListenerCall.ERROR_SENT, Telemetry::errorSent, errorSent);
    }

    @Override
    public void deadLettered(DeadLettered deadLettered) {
        tell(ListenerCall.DEAD_LETTERED, Telemetry::deadLettered, deadLettered);
    }

    @Override
    public void committed(Committed committed) {
        tell(ListenerCall.COMMITTED, Telemetry::committed, committed);
    }

    @Override
    public void rebalanced(Rebalanced rebalanced) {
        tell(ListenerCall.REBALANCED, Telemetry::rebalanced, rebalanced);
    }

    @Override
    public void paused(Paused paused) {
        tell(ListenerCall.PAUSED, Telemetry::paused, paused);
    }

    @Override
    public void observed(Health health) {
        ListenerCall call = health.state().isFinal() ? ListenerCall.LAST_OBSERVED : ListenerCall.OBSERVED;
        observer.execute(() -> tell(call, Telemetry::observed, health));
    }

    @Override
    public void opened(Consumer<?, ?> consumer) {
        tell(ListenerCall.OPENED, Telemetry::opened, consumer);
    }

    @Override
    public void opened(Producer<?, ?> producer) {
        tell(ListenerCall.OPENED, Telemetry::opened, producer);
    }

    @Override
    public void closed(Consumer<?, ?> consumer) {
        tell(ListenerCall.CLOSED, Telemetry::closed, consumer);
    }

    @Override
    public void closed(Producer<?, ?> producer) {
        tell(ListenerCall.CLOSED, Telemetry::closed, producer);
    }

    /** Asked while it is cut off too: no event waits for it, and what was measured before is of use. */
    @Override
    public Optional<String> prometheus() {
        try {
            Optional<String> text = Objects.requireNonNull(listener.prometheus());
            prometheusFails = false;
            return text;
        } catch (Throwable e) {
            if (!prometheusFails) {
                prometheusFails = true;
                ListenerLog.warn(name + " threw in prometheus(); /metrics tells nothing until it does not. Mend it", e);
            }
            return Optional.empty();
        }
    }

    private <T> void tell(ListenerCall call, BiConsumer<Telemetry, T> method, T told) {
        watch.tell(call, method, listener, told);
    }

    /** Waits for the last observation, for a bounded time. */
    @Override
    public void close() {
        observer.shutdown();
        try {
            if (!observer.awaitTermination(LAST_OBSERVATION.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} has not returned from observed() in time, and is interrupted", name);
                watch.giveUp();
                observer.shutdownNow();
            }
        } catch (InterruptedException e) {
            observer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
