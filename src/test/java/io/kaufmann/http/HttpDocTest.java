package io.kaufmann.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.health.Health;
import io.kaufmann.health.LastFailure;
import io.kaufmann.health.PartitionHealth.Oldest;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.State;
import io.kaufmann.testing.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What docs/http.md shows is what is answered: the shown texts are files, which the documents' own test compares with the document. To
 * write them anew: {@code -Dkaufmann.docs.write=true}.
 */
class HttpDocTest {

    private static final Path SHOWN =
            Path.of(System.getProperty("kaufmann.test.basedir", ".")).resolve("src/test/resources/docs/http");

    private final AtomicReference<Supplier<Health>> health = new AtomicReference<>(Healths::starting);
    private final HttpEndpoint endpoint = HttpEndpoint.start(
            new HttpEndpoint.Settings("orders", "127.0.0.1", 0, List.of()),
            () -> health.get().get(),
            Optional::empty);
    private final RawHttp http =
            new RawHttp("http://127.0.0.1:" + endpoint.address().getPort());

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void probes() throws IOException {
        shows("live.txt", http.send("GET", "/live", "").body());
        shows("ready.txt", http.send("GET", "/ready", "").body());
    }

    @Test
    void metrics() throws IOException {
        shows("no-metrics.txt", http.send("GET", "/metrics", "").body());
    }

    @Test
    void health() throws IOException {
        health.set(() -> Healths.of(
                Health.Status.STALLED,
                State.RUNNING,
                true,
                true,
                List.of("order.placed from orders-3@1227875 has been running in its handler for 74 s"),
                List.of(Healths.partition(
                        "orders",
                        3,
                        4_380,
                        true,
                        Optional.of(Pause.FULL_SHARE),
                        Optional.of(new Oldest("order.placed", 1_227_875, Duration.ofSeconds(74))))),
                Healths.NO_TRAFFIC,
                List.of(new LastFailure(
                        Instant.parse("2026-11-29T05:59:19.250Z"),
                        "order.cancelled from orders-0@1204101",
                        "io.example.orders.UnknownOrderException",
                        "it is answered by an error event; it is kept in the dead letters"))));
        ObjectMapper mapper = new ObjectMapper();
        JsonNode answer = mapper.readTree(http.send("GET", "/health", "").body());
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        String text = mapper.writer(printer).writeValueAsString(answer).replace("\" : ", "\": ");
        shows("health.json", text.replaceFirst("\"at\": \"[^\"]+\"", "\"at\": \"2026-11-29T06:00:00Z\""));
    }

    private static void shows(String name, String answer) throws IOException {
        Path file = SHOWN.resolve(name);
        if (Boolean.getBoolean("kaufmann.docs.write")) {
            Files.createDirectories(SHOWN);
            Files.writeString(file, answer.strip() + "\n");
        }
        assertThat(answer.strip())
                .isEqualToNormalizingNewlines(Files.readString(file, UTF_8).strip());
    }
}
