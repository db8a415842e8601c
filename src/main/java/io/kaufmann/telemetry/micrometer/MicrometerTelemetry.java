package io.kaufmann.telemetry.micrometer;

import io.kaufmann.event.EventNames;
import io.kaufmann.health.Health;
import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Measures with Micrometer all that a service tells: timers and counters of what happens, gauges of its health, and the metrics of its
 * Kafka clients. {@code docs/metrics.md} lists them. Thread-safe.
 *
 * <p>Tags stay bounded whatever names come along: an event's name is cut at its first {@code #} or {@code :}; the events
 * that the handler names are tagged, and of all others, and of topics, the first 200 of those consumed and the first 200 of
 * those published. The rest is tagged {@code other}.
 *
 * <p>Services may share one: each measures for itself, by {@link #forService}. Where the registry is a composite without registries, as
 * Micrometer's global one is at first, events cost next to nothing.
 */
public final class MicrometerTelemetry implements Telemetry {

    private static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;
    private final Set<String> named;
    private final EventMeters events;
    private final GroupMeters group;
    private final HealthGauges gauges;
    private final ClientMeters clients;

    /** Measures into Micrometer's global registry. */
    public MicrometerTelemetry() {
        this(Metrics.globalRegistry);
    }

    /**
     * Measures into Micrometer's global registry, and always tags the events that the handler names.
     *
     * @param handled the handler's {@code handledEvents()}
     */
    public MicrometerTelemetry(EventNames handled) {
        this(Metrics.globalRegistry, handled);
    }

    /**
     * Measures into a registry.
     *
     * @param registry keeps the meters
     */
    public MicrometerTelemetry(MeterRegistry registry) {
        this(registry, EventNames.all());
    }

    /**
     * Measures into a registry, and always tags the events that the handler names.
     *
     * @param registry keeps the meters
     * @param handled the handler's {@code handledEvents()}
     */
    public MicrometerTelemetry(MeterRegistry registry, EventNames handled) {
        this(registry, handled.names(), UNKNOWN, UNKNOWN);
    }

    private MicrometerTelemetry(MeterRegistry registry, Set<String> named, String service, String consumerGroup) {
        this.registry = registry;
        this.named = Set.copyOf(named);
        Meters meters = new Meters(registry);
        TagNames topics = new TagNames(Set.of());
        events = new EventMeters(meters, named, topics);
        group = new GroupMeters(meters, topics);
        gauges = new HealthGauges(
                meters, Tags.of(Tag.SERVICE.text(), service, Tag.CONSUMER_GROUP.text(), consumerGroup));
        clients = new ClientMeters(registry);
    }

    /**
     * Sees to it that Micrometer's global registry has one for Prometheus: adds one when it has no registry of any kind, and {@code
     * micrometer-registry-prometheus} is on the class path. It stays there. A service that has its own is left alone.
     *
     * @return whether the global registry has one for Prometheus now
     */
    static boolean ensurePrometheus() {
        return hasPrometheus() && PrometheusRegistries.ensure();
    }

    private static boolean hasPrometheus() {
        try {
            Class.forName(
                    "io.micrometer.prometheusmetrics.PrometheusMeterRegistry",
                    false,
                    MicrometerTelemetry.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Measures for this service alone: its gauges have its name and group, and the events that it handles are always tagged. If it is
     * asked over HTTP, and measures into Micrometer's global registry, that has one for Prometheus from now on, unless it has another.
     */
    @Override
    public Telemetry forService(Served served) {
        if (served.overHttp() && registry == Metrics.globalRegistry) {
            boolean unused = ensurePrometheus();
        }
        Set<String> all = new HashSet<>(named);
        all.addAll(served.handled().names());
        return new MicrometerTelemetry(registry, all, served.name(), served.consumerGroup());
    }

    @Override
    public void decoded(Decoded decoded) {
        if (isHeard()) {
            events.decoded(decoded);
        }
    }

    @Override
    public void handled(Handled handled) {
        if (isHeard()) {
            events.handled(handled);
        }
    }

    @Override
    public void encoded(Encoded encoded) {
        if (isHeard()) {
            events.encoded(encoded);
        }
    }

    @Override
    public void published(Published published) {
        if (isHeard()) {
            events.published(published);
        }
    }

    @Override
    public void finished(Finished finished) {
        if (isHeard()) {
            events.finished(finished);
        }
    }

    @Override
    public void passedOver(PassedOver passedOver) {
        if (isHeard()) {
            events.passedOver(passedOver);
        }
    }

    @Override
    public void retried(Retried retried) {
        if (isHeard()) {
            events.retried(retried);
        }
    }

    @Override
    public void errorSent(ErrorSent errorSent) {
        if (isHeard()) {
            events.errorSent(errorSent);
        }
    }

    @Override
    public void deadLettered(DeadLettered deadLettered) {
        if (isHeard()) {
            events.deadLettered(deadLettered);
        }
    }

    @Override
    public void committed(Committed committed) {
        if (isHeard()) {
            group.committed(committed);
        }
    }

    @Override
    public void rebalanced(Rebalanced rebalanced) {
        if (isHeard()) {
            group.rebalanced(rebalanced);
        }
    }

    @Override
    public void paused(Paused paused) {
        if (isHeard()) {
            group.paused(paused);
        }
    }

    /** Whether there is anybody to measure for: a composite without registries drops what it is told. It may get some at any time. */
    private boolean isHeard() {
        return !(registry instanceof CompositeMeterRegistry composite)
                || !composite.getRegistries().isEmpty();
    }

    @Override
    public void observed(Health health) {
        if (isHeard()) {
            gauges.observed(health);
        } else {
            gauges.hide();
        }
    }

    @Override
    public void opened(Consumer<?, ?> consumer) {
        clients.opened(consumer, looking -> new KafkaClientMetrics(consumer, Tags.empty(), looking));
    }

    @Override
    public void opened(Producer<?, ?> producer) {
        clients.opened(producer, looking -> new KafkaClientMetrics(producer, Tags.empty(), looking));
    }

    @Override
    public void closed(Consumer<?, ?> consumer) {
        clients.closed(consumer);
    }

    @Override
    public void closed(Producer<?, ?> producer) {
        clients.closed(producer);
    }

    @Override
    public Optional<String> prometheus() {
        return hasPrometheus() ? PrometheusRegistries.scrape(registry) : Optional.empty();
    }
}
