package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.testing.Spans;
import io.kaufmann.testing.TestEnvironment;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

/** A trace that goes through two services, each with spans of its own, and a real broker. */
abstract class TracingSuite {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";

    @Test
    void twoServicesInAChainShareATrace(TestEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 1);
                Spans first = new Spans();
                Spans second = new Spans()) {
            String command = world.eventType("command.greet", "name", "\"string\"");
            String greeted = world.eventType("event.greeted", "name", "\"string\"");
            String thanked = world.eventType("event.thanked", "name", "\"string\"");
            world.start(world.config(EventRouter.on(
                            command,
                            event -> Result.reply(
                                    Publication.of(greeted, event.payload().value()))))
                    .tracing(first.tracing()));
            world.start(world.config(EventRouter.on(
                            greeted,
                            event -> Result.reply(
                                    Publication.of(thanked, event.payload().value()))))
                    .consumerGroup(world.group + "-second")
                    .tracing(second.tracing()));

            ProducerRecord<byte[], byte[]> record = world.record(command, Map.of("name", "Ada"));
            record.headers().add("traceparent", ("00-" + TRACE + "-" + SENDER + "-01").getBytes(UTF_8));
            environment.producer().write(record);

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> second.ended(thanked + " publish"), done -> !done.isEmpty());
            SpanData[] chain = {
                first.one(command + " process"),
                first.one(greeted + " publish"),
                second.one(greeted + " process"),
                second.one(thanked + " publish")
            };
            String parent = SENDER;
            for (SpanData span : chain) {
                assertThat(span.getTraceId()).isEqualTo(TRACE);
                assertThat(span.getParentSpanId()).as(span.getName()).isEqualTo(parent);
                parent = span.getSpanId();
            }
            Headers last = world.events(thanked).get(0).record().headers();
            assertThat(last.headers("traceparent")).hasSize(1);
            assertThat(new String(last.lastHeader("traceparent").value(), UTF_8))
                    .isEqualTo(Spans.traceparent(chain[3]));
        }
    }
}
