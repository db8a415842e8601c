package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.IdentityHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of Kafka's own clients, kept by Micrometer: it looks once in a minute for those that are new. One thread does that for all
 * clients, and binds and closes them, so that nobody waits for it; it is there while any is open. Thread-safe.
 */
final class ClientMeters {

    private static final Logger LOG = LoggerFactory.getLogger(MicrometerTelemetry.class);

    private final MeterRegistry registry;

    // Under this object's lock.
    private final IdentityHashMap<Object, Bound> open = new IdentityHashMap<>();
    private Looking thread;

    ClientMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * A client was opened.
     *
     * @param client the client
     * @param metrics makes what binds it
     */
    synchronized void opened(Object client, Function<ScheduledExecutorService, KafkaClientMetrics> metrics) {
        if (open.isEmpty()) {
            thread = new Looking();
        }
        Bound bound = new Bound(thread, metrics);
        if (open.putIfAbsent(client, bound) == null) {
            thread.execute(() -> attempt(bound::bind));
        }
    }

    /** A client was closed. */
    synchronized void closed(Object client) {
        Bound bound = open.remove(client);
        if (bound == null) {
            return;
        }
        thread.execute(() -> attempt(bound::close));
        if (open.isEmpty()) {
            // What waits is still done.
            thread.shutdown();
        }
    }

    /** What a binding throws is no event's business. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The metrics of a Kafka client are not complete", e);
        }
    }

    /** One client's. Its thread only. */
    private final class Bound {

        private final Looking thread;
        private final Function<ScheduledExecutorService, KafkaClientMetrics> maker;
        private KafkaClientMetrics metrics;
        private Future<?> looks;

        Bound(Looking thread, Function<ScheduledExecutorService, KafkaClientMetrics> maker) {
            this.thread = thread;
            this.maker = maker;
        }

        void bind() {
            metrics = maker.apply(thread);
            metrics.bindTo(registry);
            looks = thread.newest;
        }

        void close() {
            if (looks != null) {
                // Closing does not end it, and it would bring the meters back.
                looks.cancel(false);
            }
            if (metrics != null) {
                metrics.close();
            }
        }
    }

    /** Remembers what is scheduled, which Micrometer does not tell. */
    private static final class Looking extends ScheduledThreadPoolExecutor {

        // Its own thread only.
        private ScheduledFuture<?> newest;

        Looking() {
            super(1, task -> {
                Thread thread = new Thread(task, "kaufmann-client-metrics");
                thread.setDaemon(true);
                return thread;
            });
            setRemoveOnCancelPolicy(true);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
            newest = super.scheduleAtFixedRate(task, delay, period, unit);
            return newest;
        }
    }
}
