package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrometheusRegistriesTest {

    private static final Telemetry.Encoded ENCODED = new Telemetry.Encoded("event.x", 1, Duration.ofMillis(2));

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void tellsWhatPrometheusReads() {
        assertThat(scraped(prometheus)).contains("kaufmann_schema_encode_seconds_count{event=\"event.x\"} 1\n");
    }

    @Test
    void findsItInComposites() {
        CompositeMeterRegistry inner = new CompositeMeterRegistry();
        inner.add(prometheus);
        CompositeMeterRegistry outer = new CompositeMeterRegistry();
        outer.add(new SimpleMeterRegistry());
        outer.add(inner);

        assertThat(scraped(outer)).contains("kaufmann_schema_encode_seconds_count");
    }

    @Test
    void hasNothingToTellWithoutOne() {
        assertThat(new MicrometerTelemetry(new SimpleMeterRegistry()).prometheus())
                .isEmpty();
        assertThat(new MicrometerTelemetry(new CompositeMeterRegistry()).prometheus())
                .isEmpty();
    }

    @Test
    void theGlobalRegistryGetsOneWhenItHasNone() {
        try {
            assertThat(MicrometerTelemetry.ensurePrometheus()).isTrue();
            assertThat(MicrometerTelemetry.ensurePrometheus()).isTrue();
            assertThat(Metrics.globalRegistry.getRegistries()).hasSize(1);
            assertThat(scraped(Metrics.globalRegistry)).contains("kaufmann_schema_encode_seconds_count");
        } finally {
            empty();
        }
    }

    @Test
    void theGlobalRegistryIsLeftAloneWhenItHasAnother() {
        MeterRegistry other = new SimpleMeterRegistry();
        Metrics.addRegistry(other);
        try {
            assertThat(MicrometerTelemetry.ensurePrometheus()).isFalse();
            assertThat(Metrics.globalRegistry.getRegistries()).containsExactly(other);

            Metrics.addRegistry(prometheus);
            assertThat(MicrometerTelemetry.ensurePrometheus()).isTrue();
        } finally {
            empty();
        }
    }

    @Test
    void needsNoJarOfPrometheus() throws Exception {
        try (URLClassLoader without =
                new URLClassLoader(classPathWithoutPrometheus(), ClassLoader.getPlatformClassLoader())) {
            assertThat(without.getResource("io/micrometer/prometheusmetrics/PrometheusMeterRegistry.class"))
                    .isNull();
            Class<?> type = without.loadClass(MicrometerTelemetry.class.getName());
            assertThat(type).isNotSameAs(MicrometerTelemetry.class);
            Object telemetry = type.getConstructor().newInstance();

            assertThat(type.getMethod("prometheus").invoke(telemetry)).isEqualTo(Optional.empty());
            Method ensure = type.getDeclaredMethod("ensurePrometheus");
            ensure.setAccessible(true);
            assertThat(ensure.invoke(null)).isEqualTo(false);
        }
    }

    private static URL[] classPathWithoutPrometheus() throws MalformedURLException {
        ArrayList<URL> kept = new ArrayList<>();
        for (URI entry : Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> !Path.of(path).getFileName().toString().contains("prometheus"))
                .map(path -> Path.of(path).toUri())
                .toList()) {
            kept.add(entry.toURL());
        }
        return kept.toArray(URL[]::new);
    }

    private static String scraped(MeterRegistry registry) {
        Telemetry telemetry = new MicrometerTelemetry(registry);
        telemetry.encoded(ENCODED);
        return telemetry.prometheus().orElseThrow();
    }

    private static void empty() {
        for (MeterRegistry each : new ArrayList<>(Metrics.globalRegistry.getRegistries())) {
            Metrics.removeRegistry(each);
        }
        Metrics.globalRegistry.clear();
    }
}
