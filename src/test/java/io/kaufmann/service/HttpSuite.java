package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.health.StartException;
import io.kaufmann.testing.FreePorts;
import io.kaufmann.testing.RawHttp;
import io.kaufmann.testing.TestEnvironment;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A service that tells over HTTP how it does, for as long as it does. */
abstract class HttpSuite {

    @Test
    void tellsHowItDoesFromItsStartToItsEnd(TestEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 2)) {
            String order = world.eventType("command.order", "id", "\"int\"");
            Kaufmann service = world.start(world.config(EventRouter.on(order, event -> Result.noReply()))
                    .httpPort(0));
            RawHttp http = http(service.httpAddress().orElseThrow().getPort());
            world.send(order, Map.of("id", 1));
            await().untilAsserted(
                            () -> assertThat(http.send("GET", "/health", "").body())
                                    .contains("\"status\":\"UP\"", "\"service\":\"service-under-test\"", world.topic));

            assertThat(http.send("GET", "/live", "").statusCode()).isEqualTo(200);
            assertThat(http.send("GET", "/", "").body()).contains("<!doctype html>");
            assertThat(service.httpAddress().orElseThrow().getAddress().isLoopbackAddress())
                    .isTrue();
            service.close();
            assertThatThrownBy(() -> http.send("GET", "/live", "")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void tellsNothingUnlessItIsAskedTo(TestEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 1)) {
            assertThat(world.start(event -> Result.noReply()).httpAddress()).isEmpty();
        }
    }

    @Test
    void livesWhileItLooksForItsBrokerAndIsGoneWhenItGaveUp(TestEnvironment environment) {
        int port = FreePorts.next();
        KaufmannConfig config = config(environment, "127.0.0.1:" + FreePorts.next())
                .startTimeout(Duration.ofSeconds(6))
                .httpPort(port)
                .build();
        CompletableFuture<Kaufmann> start = CompletableFuture.supplyAsync(() -> Kaufmann.start(config));
        RawHttp http = http(port);
        await().ignoreException(UncheckedIOException.class)
                .untilAsserted(() ->
                        assertThat(http.send("GET", "/live", "").statusCode()).isEqualTo(200));

        assertThat(http.send("GET", "/ready", ""))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                .satisfies(answer -> assertThat(answer.body()).contains("The service is STARTING"));
        assertThatThrownBy(start::join).hasCauseInstanceOf(StartException.class);
        assertThatThrownBy(() -> http.send("GET", "/live", "")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aPortThatIsTakenEndsTheStartAndNamesTheSetting(TestEnvironment environment) {
        try (ServiceWorld world = new ServiceWorld(environment, 1)) {
            Kaufmann first = world.start(world.config(event -> Result.noReply()).httpPort(0));
            int taken = first.httpAddress().orElseThrow().getPort();
            KaufmannConfig second =
                    world.config(event -> Result.noReply()).httpPort(taken).build();

            assertThatThrownBy(() -> Kaufmann.start(second))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining(
                            "Service service-under-test cannot start: it cannot tell over HTTP how it does at"
                                    + " 127.0.0.1:" + taken + ": Address already in use")
                    .hasMessageContaining("kaufmann.http.port");
        }
    }

    private static KaufmannConfig.Builder config(TestEnvironment environment, String servers) {
        return KaufmannConfig.builder()
                .bootstrapServers(servers)
                .schemaRegistryUrl(environment.registryUrl())
                .consumerGroup("g")
                .defaultTopic("t")
                .serviceName("greeter")
                .shutdownHook(false)
                .eventHandler(event -> Result.noReply());
    }

    private static RawHttp http(int port) {
        return new RawHttp("http://127.0.0.1:" + port);
    }
}
