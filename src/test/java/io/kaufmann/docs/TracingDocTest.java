package io.kaufmann.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.telemetry.micrometer.MicrometerTracing;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.MockBus;
import io.kaufmann.testing.Spans;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What docs/tracing.md shows. */
class TracingDocTest {

    // begin registry
    static ObservationRegistry observations(OpenTelemetry openTelemetry) {
        var otel = openTelemetry.getTracer("my-service");
        var tracer = new OtelTracer(otel, new OtelCurrentTraceContext(), event -> {});
        var propagator = new OtelPropagator(openTelemetry.getPropagators(), otel);
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationHandler(new ObservationHandler.FirstMatchingCompositeObservationHandler(
                        new PropagatingReceiverTracingObservationHandler<>(tracer, propagator),
                        new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)));
        return registry;
    }
    // end registry

    private static KaufmannConfig.Builder traced(KaufmannConfig.Builder config, ObservationRegistry observations) {
        // begin config
        config.tracing(new MicrometerTracing(observations));
        // end config
        return config;
    }

    private static MockBus bus(EventHandler handler, Spans spans) {
        return MockBus.of(handler, settings -> traced(settings, spans.registry()))
                .schemas("src/test/resources/mock-bus");
    }

    @Test
    void aServiceIsTraced() {
        try (Spans spans = new Spans()) {
            assertThat(observations(spans.openTelemetry()).isNoop()).isFalse();
            bus(
                            EventRouter.on(
                                    "command.greet",
                                    event -> Result.reply("event.greeted", Map.of("greeting", "Hello"))),
                            spans)
                    .givenEvent("command.greet", Map.of("name", "Ada"));
            assertThat(spans.ended()).hasSize(2);
        }
    }

    @Test
    void linesTellOfTheirEvents() throws IOException {
        Logger log = LoggerFactory.getLogger("Greeter");
        Iterator<String> ids = List.of("6d2f6a0e", "93b1c77d", "", "", "").iterator();
        try (Log greeter = Log.debug("Greeter");
                Log failures = Log.debug("io.kaufmann.failures")) {
            MockBus bus = MockBus.of(
                            EventRouter.on("command.greet", event -> {
                                String name = event.payload().text("name");
                                if (name.equals("Eve")) {
                                    return Result.failure("no");
                                }
                                log.info("greeting {}", name);
                                return Result.noReply();
                            }),
                            settings -> settings.subscriptionTopics("rapids"))
                    .ids(ids::next)
                    .schemas("src/test/resources/mock-bus");
            bus.givenEvent("command.greet", Map.of("name", "Ada"));
            bus.givenEvent("command.greet", Map.of("name", "Eve"));
            assertThat(Stream.of(greeter, failures)
                            .flatMap(lines -> lines.events().stream())
                            .map(TracingDocTest::line)
                            .collect(Collectors.joining()))
                    .isEqualToNormalizingNewlines(resource("mdc.txt"));
        }
    }

    private static String line(ILoggingEvent event) {
        try {
            Matcher pattern = Pattern.compile("<pattern>(.*)</pattern>").matcher(resource("mdc-logback.xml"));
            assertThat(pattern.find()).isTrue();
            PatternLayout layout = new PatternLayout();
            layout.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
            layout.setPattern(pattern.group(1));
            layout.start();
            return layout.doLayout(event);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = TracingDocTest.class.getResourceAsStream("/docs/" + name)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
