package io.kaufmann.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.health.Health;
import io.kaufmann.testing.Log;
import io.kaufmann.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEndpointTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<Supplier<Health>> health =
            new AtomicReference<>(() -> Healths.up(Healths.partition("orders", 0, 42)));
    private final AtomicReference<Optional<String>> metrics = new AtomicReference<>(Optional.empty());
    private final HttpEndpoint endpoint = HttpEndpoint.start(
            new HttpEndpoint.Settings("greeter", "127.0.0.1", 0, List.of("Greeter.shop.svc")),
            () -> health.get().get(),
            metrics::get);

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void probesTellAnOrchestratorByTheirCodeAndAPersonByTheirText() {
        assertThat(get("/live")).satisfies(answer -> isText(answer, 200, "live\n"));
        assertThat(get("/ready")).satisfies(answer -> isText(answer, 200, "ready\n"));
        health.set(Healths::starting);
        assertThat(get("/live").statusCode()).isEqualTo(200);
        assertThat(get("/ready")).satisfies(answer -> isText(answer, 503, "not ready\nThe service is STARTING\n"));
        health.set(Healths::failed);
        assertThat(get("/live")).satisfies(answer -> isText(answer, 503, "not live\nThe service is FAILED\n"));
        assertThat(get("/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void healthIsJsonWhateverItSays() throws IOException {
        health.set(() -> Healths.stalled(Duration.ofSeconds(3), Instant.parse("2026-11-29T06:00:00Z")));
        HttpResponse<String> answer = get("/health");
        JsonNode json = new ObjectMapper().readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json.at("/service").asText()).isEqualTo("greeter");
        assertThat(json.at("/status").asText()).isEqualTo("STALLED");
        assertThat(json.at("/live").asBoolean()).isTrue();
        assertThat(json.at("/broker/answer").asText()).isEqualTo("REACHED");
        assertThat(json.at("/broker/lastingSeconds").asDouble()).isEqualTo(2_520);
        assertThat(json.at("/problems")).hasSize(1);
        assertThat(json.at("/partitions")).hasSize(6);
        assertThat(json.at("/partitions/3/stalled").asBoolean()).isTrue();
        assertThat(json.at("/partitions/3/pause").asText()).isEqualTo("FULL_SHARE");
        assertThat(json.at("/partitions/3/running/ageSeconds").asDouble()).isEqualTo(77);
        assertThat(json.at("/partitions/3/answering").isNull()).isTrue();
        assertThat(json.at("/partitions/0/pause").isNull()).isTrue();
        assertThat(json.at("/workers/busy").asInt()).isEqualTo(23);
        assertThat(json.at("/traffic/ended/HANDLED").asLong()).isGreaterThan(4_210_334);
        assertThat(json.at("/traffic/latencies/counts")).hasSize(110);
        assertThat(json.at("/traffic/latencies/upperBoundSeconds")).hasSize(110);
        assertThat(json.at("/traffic/latencies/upperBoundSeconds/1").asDouble()).isEqualTo(0.000_001_2);
        assertThat(json.at("/traffic/latencies/upperBoundSeconds/109").isNull()).isTrue();
        assertThat(json.at("/lastFailures/2/error").asText()).isEqualTo("the handler said so");
        health.set(Healths::failed);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreThoseOfTheTelemetryOrASentenceOnHowToHaveThem() {
        assertThat(get("/metrics"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
                .satisfies(answer -> assertThat(answer.body()).contains("micrometer-registry-prometheus"));
        metrics.set(Optional.of("kaufmann_events_total 3.0\n"));
        HttpResponse<String> answer = get("/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("kaufmann_events_total 3.0\n");
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live", "/health", "/nothing"})
    void allAnswersAreShutTight(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void thePageIsOneFileWhosePolicyNamesItsStyleAndItsScript() {
        HttpResponse<String> page = get("/");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .containsPattern("style-src 'sha256-[^ ]+'; script-src 'sha256-[^ ]+'")
                .contains("connect-src 'self'");
        assertThat(page.body()).doesNotContain("//cdn", "https://", "innerHTML").doesNotContain(" style=\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/live/",
                "/LIVE",
                "/.",
                "/../etc/passwd",
                "/page.html",
                "/live%2f",
                "/favicon.ico",
                "/%3Cscript%3E"
            })
    void anyOtherPathIsNotThereAndIsNotRepeated(String path) {
        assertThat(get(path))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(404))
                .satisfies(answer ->
                        assertThat(answer.body()).startsWith("Here are").doesNotContain(path + " ", "script"));
    }

    @Test
    void aPathThatLooksLikeAHostIsNotThere() {
        assertThat(get("//live").statusCode()).isEqualTo(404);
    }

    @Test
    void aQueryChangesNothing() {
        assertThat(get("/live?verbose=1&x=%3Cscript%3E").body()).isEqualTo("live\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get"})
    void nothingCanBeDone(String method) {
        String answer =
                raw(method + " /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nAllow: GET, HEAD\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live", "/health", "/metrics", "/nothing"})
    void headSaysAsMuchAsGetWithoutTheBody(String path) {
        HttpResponse<String> head = send("HEAD", path);
        HttpResponse<String> get = get(path);
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length")).isPresent();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(get.headers().firstValue("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "127.0.0.1",
                "10.244.3.17:9404",
                "[::1]",
                "[fe80::1%25eth0]:9404",
                "greeter.SHOP.svc:9404"
            })
    void answersToAddressesAndAllowedNames(String host) {
        assertThat(asked(host)).startsWith("HTTP/1.1 200 ").endsWith("live\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:9404",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example@localhost",
                "localhost@evil.example",
                "user@127.0.0.1",
                "localhost:evil",
                "localhost:123456",
                "[::1].evil.example",
                "[evil.example]",
                "1.2.3",
                "2130706433",
                "localhost, evil.example",
                "<script>"
            })
    void refusesToAnswerUnderAStrangersName(String host) {
        assertThat(asked(host))
                .startsWith("HTTP/1.1 421 ")
                .contains("kaufmann.http.allowed.hosts")
                .doesNotContain("evil", "<script>");
    }

    @Test
    void refusesWhoDoesNotSayWhomItAsksOrSaysItTwice() {
        assertThat(raw("GET /live HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 421 ");
        assertThat(raw("GET /live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
        assertThat(raw("GET http://evil.example/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void anErrorIsToldOnceInTheLogAndToNobodyElse() {
        health.set(() -> {
            throw new IllegalStateException("secret");
        });
        try (Log log = Log.of("io.kaufmann.service")) {
            assertThat(get("/live"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(500))
                    .satisfies(answer -> assertThat(answer.body()).doesNotContain("secret"));
            assertThat(get("/health").statusCode()).isEqualTo(500);
            assertThat(log.lines()).hasSize(1).allMatch(line -> line.contains("/live cannot be told"));
        }
        health.set(Healths::up);
        assertThat(get("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void thoseWhoSendHalfARequestKeepNobodyFromAnAnswer() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                slow.add(new RawClient(endpoint.address()).say("GET /live HTTP/1.1\r\nHost: loc"));
            }
            for (int i = 0; i < 10; i++) {
                long start = System.nanoTime();
                assertThat(get("/live").statusCode()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    /** In the order of their coming, a probe would wait for 300 of them to be cut off, 16 at a time each 250 ms. */
    @Test
    void aProbeWaitsForOneCutHoweverManySentHalfARequestBeforeIt() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                slow.add(new RawClient(endpoint.address()).say("GET /live HTTP/1.1\r\nHost: loc"));
            }
            assertThat(get("/live", Duration.ofSeconds(2)).statusCode()).isEqualTo(200);
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void whereTooManySendHalfARequestTheOldestAreCutOffAtOnce() {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 700; i++) {
                slow.add(new RawClient(endpoint.address()).say("GET /live HTTP/1.1\r\nHost: loc"));
            }
            long start = System.nanoTime();
            assertThat(get("/live", Duration.ofSeconds(2)).statusCode()).isEqualTo(200);
            assertThat(isCutOff(slow.get(50))).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void thoseWhoNeverReadTheirAnswerKeepNobodyFromTheirs() {
        metrics.set(Optional.of("# a long line\n".repeat(1_000_000)));
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                slow.add(new RawClient(endpoint.address()).say("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            assertThat(get("/live").statusCode()).isEqualTo(200);
        } finally {
            slow.forEach(RawClient::close);
        }
    }

    @Test
    void aSlowClientIsCutOffThoughNobodyWaits() {
        try (RawClient slow = new RawClient(endpoint.address())) {
            assertThat(slow.say("GET /live HTTP/1.1\r\nHost: loc").hear()).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenIsAClearError() {
        int taken = endpoint.address().getPort();
        assertThatThrownBy(() -> HttpEndpoint.start(
                        new HttpEndpoint.Settings("greeter", "127.0.0.1", taken, List.of()),
                        Healths::up,
                        Optional::empty))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + taken + ": Address already in use")
                .hasMessageContaining("kaufmann.http.port");
        assertThatThrownBy(() -> HttpEndpoint.start(
                        new HttpEndpoint.Settings("greeter", "no-such-host.invalid", 0, List.of()),
                        Healths::up,
                        Optional::empty))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("kaufmann.http.host");
    }

    @Test
    void listensWhereItIsToldToAndNowhereElse() {
        assertThat(endpoint.address().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new RawClient(new InetSocketAddress(
                                "127.0.0.2", endpoint.address().getPort()))
                        .close())
                .hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void afterItsEndNothingIsLeftOfIt() {
        assertThat(get("/live").statusCode()).isEqualTo(200);
        endpoint.close();
        endpoint.close();
        assertThatThrownBy(() -> get("/live")).hasRootCauseInstanceOf(IOException.class);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("kaufmann-http") && thread.isAlive()));
        assertThat(endpoint.address().getPort()).isPositive();
    }

    private static boolean isCutOff(RawClient client) {
        try {
            return client.hear().isEmpty();
        } catch (UncheckedIOException e) {
            // A reset, as what it sent was not read.
            return e.getCause() instanceof SocketException;
        }
    }

    private String asked(String host) {
        return raw("GET /live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private String raw(String request) {
        try (RawClient raw = new RawClient(endpoint.address())) {
            return raw.say(request).hear();
        }
    }

    private static void isText(HttpResponse<String> answer, int code, String text) {
        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(answer.body()).isEqualTo(text);
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    private HttpResponse<String> get(String path, Duration within) {
        return send("GET", path, within);
    }

    private HttpResponse<String> send(String method, String path) {
        return send(method, path, Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(String method, String path, Duration within) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + endpoint.address().getPort() + path))
                            .timeout(within)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
