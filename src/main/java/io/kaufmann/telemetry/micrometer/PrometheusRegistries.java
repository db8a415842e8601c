package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/** Micrometer's registry for Prometheus. The one class that needs its jar: nobody touches it without having asked for that. */
final class PrometheusRegistries {

    private PrometheusRegistries() {}

    /** What a registry has for Prometheus: itself, or the first such that is in it. */
    static Optional<String> scrape(MeterRegistry registry) {
        return find(registry).map(PrometheusMeterRegistry::scrape);
    }

    /** Whether the global registry has one, after one was added if it had none of any kind. */
    static synchronized boolean ensure() {
        if (Metrics.globalRegistry.getRegistries().isEmpty()) {
            Metrics.addRegistry(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        }
        return find(Metrics.globalRegistry).isPresent();
    }

    private static Optional<PrometheusMeterRegistry> find(MeterRegistry registry) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            return Optional.of(prometheus);
        }
        return registry instanceof CompositeMeterRegistry composite
                ? composite.getRegistries().stream()
                        .map(PrometheusRegistries::find)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
