package io.kaufmann.telemetry.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ClientMetersTest {

    /** Nobody listens there: the clients have metrics without it. */
    private static final String NOWHERE = "localhost:1";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Telemetry telemetry = new MicrometerTelemetry(registry).forService(EveryCall.SERVICE);

    @RepeatedTest(3)
    void clientsAreMeasuredFromOpeningToClosing() {
        try (Silence silence = Silence.of("org.apache.kafka");
                Consumer<byte[], byte[]> first = consumer("greeter-1");
                Consumer<byte[], byte[]> second = consumer("greeter-2");
                Producer<byte[], byte[]> producer = producer()) {
            assertThat(silence).isNotNull();
            telemetry.opened(first);
            telemetry.opened(second);
            telemetry.opened(producer);
            await().until(() -> hasMeters("kafka.producer.", "greeter"));
            assertThat(hasMeters("kafka.consumer.", "greeter-1")).isTrue();
            assertThat(hasMeters("kafka.consumer.", "greeter-2")).isTrue();
            assertThat(threads()).isEqualTo(1);
            assertThat(telemetry.prometheus().orElseThrow())
                    .contains(
                            "kafka_consumer_fetch_manager_records_lag_max{client_id=\"greeter-2\"",
                            "kafka_producer_record_send_rate{client_id=\"greeter\"");

            telemetry.closed(first);
            await().until(() -> !hasMeters("kafka.consumer.", "greeter-1"));
            assertThat(hasMeters("kafka.consumer.", "greeter-2")).isTrue();

            telemetry.closed(second);
            telemetry.closed(producer);
            await().until(() -> registry.getMeters().isEmpty() && threads() == 0);

            telemetry.opened(producer);
            await().until(() -> hasMeters("kafka.producer.", "greeter"));
            telemetry.closed(producer);
            telemetry.closed(producer);
            await().until(() -> registry.getMeters().isEmpty() && threads() == 0);
        }
    }

    @Test
    void aClientThatCannotBeMeasuredHurtsNobody() {
        try (Silence silence = Silence.of("org.apache.kafka", "io.kaufmann.telemetry");
                Consumer<byte[], byte[]> broken = new Broken();
                Producer<byte[], byte[]> producer = producer()) {
            assertThat(silence).isNotNull();
            telemetry.opened(broken);
            telemetry.opened(producer);
            await().until(() -> hasMeters("kafka.producer.", "greeter"));
            telemetry.closed(broken);
            telemetry.closed(producer);
            await().until(() -> registry.getMeters().isEmpty() && threads() == 0);
        }
    }

    @Test
    void anUnknownClientIsClosedWithoutAWord() {
        try (Consumer<byte[], byte[]> unknown = new Broken()) {
            telemetry.closed(unknown);
        }
        assertThat(threads()).isZero();
    }

    private boolean hasMeters(String prefix, String client) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .anyMatch(id -> id.getName().startsWith(prefix) && client.equals(id.getTag("client.id")));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("kaufmann-client-metrics"))
                .peek(thread -> assertThat(thread.isDaemon()).isTrue())
                .count();
    }

    private static Consumer<byte[], byte[]> consumer(String id) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", NOWHERE, "client.id", id, "group.id", "greeters"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", NOWHERE, "client.id", "greeter"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static final class Broken extends MockConsumer<byte[], byte[]> {

        Broken() {
            super("earliest");
        }

        @Override
        public synchronized Map<MetricName, ? extends Metric> metrics() {
            throw new IllegalStateException("on purpose");
        }
    }
}
