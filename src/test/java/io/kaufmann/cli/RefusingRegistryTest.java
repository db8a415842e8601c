package io.kaufmann.cli;

import static io.kaufmann.task.SchemaFolder.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kaufmann.task.SchemaFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets to read when the registry refuses: a sentence, once, and exit code 1. */
class RefusingRegistryTest {

    @TempDir
    Path root;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private SchemaFolder folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        folder = new SchemaFolder(root.resolve("schemas"))
                .event("event.a", field("x", "int"))
                .event("event.b", field("x", "int"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private CommandRun run(String command) {
        return CommandRun.of(
                command,
                "--registry",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "-p",
                folder.path().toString());
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        requests.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, kaufmann.schema.registry.user",
        "403, not allowed",
        "404, no schema registry at this address",
        "409, 409",
        "422, 422",
        "500, 500"
    })
    void aRegistryThatRefusesEverythingIsToldOnce(int status, String hint) {
        server.createContext(
                "/",
                exchange -> answer(
                        exchange,
                        status,
                        status == 409 || status == 422
                                ? "{\"error_code\": %d, \"message\": \"no\"}".formatted(status)
                                : "{}"));

        for (String command : new String[] {"migrate-schemas", "check-schemas"}) {
            CommandRun run = run(command);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("2 not tried");
            assertThat(run.err()).contains(hint).doesNotContain("\tat ");
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "404", "409", "422", "500"})
    void aRegistryThatRefusesToRegisterIsToldForEachSchema(int status) {
        server.createContext("/subjects/", exchange -> {
            boolean isFirst = exchange.getRequestURI().getPath().contains("event.a");
            answer(
                    exchange,
                    isFirst ? status : 200,
                    isFirst
                            ? "{\"error_code\": %d, \"message\": \"no\"}".formatted(status)
                            : "{\"id\": 7, \"version\": 1, \"schema\": \"\\\"int\\\"\"}");
        });
        server.createContext("/subjects", exchange -> answer(exchange, 200, "[]"));

        CommandRun run = run("migrate-schemas");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 new, 1 failed", "event.a, failed:", String.valueOf(status));
        assertThat(run.out() + run.err()).doesNotContain("\tat ");
    }

    @Test
    void aRegistryThatStopsAnsweringIsNotAskedOn() {
        server.createContext("/", exchange -> answer(exchange, requests.get() == 0 ? 200 : 503, "[]"));

        CommandRun run = run("migrate-schemas");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("1 failed, 1 not tried");
        assertThat(run.err()).contains("stopped answering");
    }

    @Test
    void aRegistryThatNeverAnswersIsToldWithTheTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of(
                    "migrate-schemas",
                    "--registry",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "-p",
                    folder.path().toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("2 not tried");
            assertThat(run.err())
                    .contains("ms", "Check that the registry is up")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStackTraceIsForThoseWhoAsk() {
        CommandRun run = CommandRun.of("migrate-schemas", "--stack-trace", "--registry", "http://x", "-p", "nowhere");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("TaskException", "\tat ");
    }
}
