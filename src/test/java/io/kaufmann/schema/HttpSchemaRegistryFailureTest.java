package io.kaufmann.schema;

import static io.kaufmann.schema.StubRegistry.INT_SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bad answer, or none, is taken for. */
@Timeout(30)
class HttpSchemaRegistryFailureTest {

    private static final String HTML = "<html><body>404 Not Found</body></html>";

    private final StubRegistry stub = new StubRegistry();
    private final HttpSchemaRegistry registry = quick(stub.url()).build();

    @AfterEach
    void close() {
        stub.close();
    }

    private static HttpSchemaRegistryBuilder quick(String url) {
        return HttpSchemaRegistry.builder(url).backOff(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @CsvSource({
        "404, 40401, SchemaNotFoundException",
        "404, 40402, SchemaNotFoundException",
        "404, 40403, SchemaNotFoundException",
        "422, 42202, SchemaNotFoundException",
        "409, 409,   SchemaRejectedException",
        "409, 40901, SchemaRejectedException",
        "422, 42201, SchemaRejectedException",
        "422, 422,   SchemaRejectedException",
        "401, 401,   RegistryUnavailableException",
        "401, 40101, RegistryUnavailableException",
        "403, 40301, RegistryUnavailableException",
        "408, 408,   RegistryUnavailableException",
    })
    void readsTheRegistrysErrorCodesAndDoesNotTryAgain(int status, int code, String exception) {
        stub.thenError(status, code);

        Throwable thrown = catchThrowable(() -> registry.version("a", 1));

        assertThat(thrown.getClass().getSimpleName()).isEqualTo(exception);
        assertThat(thrown)
                .hasMessageContaining("version 1 of subject 'a'")
                .hasMessageContaining(stub.url())
                .hasMessageContaining(String.valueOf(code))
                .hasMessageContaining("the registry's words");
        assertThat(stub.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", HTML, "{}", "[]", "\"text\"", "{\"title\":\"Not Found\",\"status\":404}", "{\"error_co"})
    void a404ThatIsNotARegistrysIsAnOutage(String body) {
        stub.then(404, body.equals(HTML) ? "text/html" : "application/json", body);

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema id 7")
                .hasMessageContaining("kaufmann.schema.registry.url");
    }

    @Test
    void aBare404CodeIsNotFoundOnlyWhereThereIsARegistry() {
        stub.thenError(404, 404).then(200, "[\"AVRO\",\"JSON\"]");

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(SchemaNotFoundException.class);
        assertThat(stub.lines()).containsExactly("GET /schemas/ids/7", "GET /schemas/types");
    }

    @Test
    void aBare404CodeIsAnOutageWhereThereIsNoRegistry() {
        stub.thenError(404, 404).thenError(404, 404);

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HTML, "{}", "[]", "{\"id\":7}", "{\"schema\":null}", "null"})
    void a200ThatIsNotARegistrysIsAnOutage(String body) {
        stub.then(200, "text/html", body);

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("kaufmann.schema.registry.url");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 410, 414, 431})
    void aRefusalThatIsNotARegistrysIsAnOutage(int status) {
        stub.then(status, "text/html", HTML);

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedCredentialsNameTheSettings(int status) {
        stub.then(status, "text/html", HTML);

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining(String.valueOf(status))
                .hasMessageContaining("kaufmann.schema.registry.user")
                .hasMessageContaining("kaufmann.schema.registry.password");
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void triesAgainAfter5xxTooManyRequestsAndCutConnections() {
        // A POST, since the JDK's client repeats a GET by itself when a kept connection is cut.
        stub.thenError(500, 50001)
                .thenError(429, 42901)
                .thenCut()
                .then(200, "{\"subject\":\"a\",\"id\":7,\"version\":1,\"schema\":\"\\\"int\\\"\"}");

        assertThat(quick(stub.url()).attempts(4).build().lookUp("a", "\"int\"").id())
                .isEqualTo(7);
        assertThat(stub.lines()).containsOnly("POST /subjects/a").hasSize(4);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        stub.thenError(503, 50301).then(502, "text/html", HTML).thenError(500, 50002);

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("500 (50002: 'the registry's words')")
                .hasMessageContaining("3 attempts");
        assertThat(stub.received()).hasSize(3);
    }

    @Test
    void givesUpWhenTheTotalTimeIsOver() {
        for (int i = 0; i < 1_000; i++) {
            stub.thenError(503, 50301);
        }
        HttpSchemaRegistry persistent = HttpSchemaRegistry.builder(stub.url())
                .attempts(1_000)
                .backOff(Duration.ofMillis(20))
                .totalTimeout(Duration.ofMillis(500))
                .build();

        assertThatThrownBy(() -> persistent.byId(7)).isInstanceOf(RegistryUnavailableException.class);

        // Far from all its attempts, which would take longer than any test.
        assertThat(stub.received()).hasSizeBetween(1, 100);
    }

    @Test
    void doesNotWaitForARegistryThatHangs() {
        stub.thenHang().thenHangInTheBody();
        HttpSchemaRegistry impatient = quick(stub.url())
                .requestTimeout(Duration.ofMillis(200))
                .attempts(2)
                .build();

        assertThatThrownBy(() -> impatient.byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no answer within 200 ms")
                .hasMessageContaining("2 attempts");
        assertThat(stub.received()).hasSize(2);
    }

    @Test
    void saysThatTheConnectionIsRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        HttpSchemaRegistry nobody = quick("http://127.0.0.1:" + port).build();

        assertThatThrownBy(() -> nobody.latest("a"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("ConnectException")
                .hasMessageContaining("http://127.0.0.1:" + port)
                .hasMessageContaining("kaufmann.schema.registry.url");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        HttpSchemaRegistry nowhere = quick("http://nowhere.invalid").attempts(1).build();

        assertThatThrownBy(() -> nowhere.latest("a"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("http://nowhere.invalid");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        stub.thenHang();
        CompletableFuture<Boolean> interruptedAfter = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            RegistryUnavailableException thrown =
                    catchThrowableOfType(RegistryUnavailableException.class, () -> registry.byId(7));
            interruptedAfter.complete(thrown.getCause() instanceof InterruptedException
                    && Thread.currentThread().isInterrupted());
        });
        caller.start();
        stub.awaitHanging();

        caller.interrupt();

        assertThat(interruptedAfter.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void sendsCredentialsFromTheUrlOrTheBuilder() {
        stub.then(200, INT_SCHEMA).then(200, INT_SCHEMA).then(200, INT_SCHEMA);

        HttpSchemaRegistry.of("http://us:p%40ss@" + stub.hostAndPort()).byId(7);
        HttpSchemaRegistry.builder("http://us:other@" + stub.hostAndPort())
                .credentials("us", "p@ss")
                .build()
                .byId(7);
        registry.byId(7);

        assertThat(stub.received().stream().map(StubRegistry.Received::authorization))
                .containsExactly("Basic dXM6cEBzcw==", "Basic dXM6cEBzcw==", "null");
    }

    @Test
    void doesNotFollowARedirectWithTheCredentials() {
        try (StubRegistry other = new StubRegistry()) {
            stub.thenRedirect("http://us:hidden@" + other.hostAndPort() + "/x?token=hidden");
            HttpSchemaRegistry withCredentials =
                    quick(stub.url()).credentials("us", "s3cr3t").build();

            assertThatThrownBy(() -> withCredentials.byId(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("'" + other.url() + "/x'")
                    .message()
                    .doesNotContain("hidden");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void showsNoSecretWhateverGoesWrong() throws IOException {
        String url = "http://keeper:s3cr3t@" + stub.hostAndPort();
        HttpSchemaRegistry withSecret =
                quick(url).attempts(1).requestTimeout(Duration.ofMillis(200)).build();
        stub.thenError(401, 401)
                .thenError(404, 40403)
                .then(404, "text/html", HTML)
                .thenError(409, 409)
                .thenError(500, 500)
                .thenCut()
                .thenHang()
                .then(200, "text/html", HTML);

        for (int i = 0; i < 8; i++) {
            assertNoSecret(catchThrowable(() -> withSecret.byId(7)));
        }
        stub.close();
        assertNoSecret(catchThrowable(() -> withSecret.byId(7)));
        assertThat(withSecret.location()).isEqualTo(stub.url());
        assertThat(withSecret.toString()).isEqualTo("HttpSchemaRegistry[" + stub.url() + "]");
        // The JDK's client repeats a GET by itself when a kept connection is cut.
        assertThat(stub.received()).hasSizeGreaterThanOrEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"id\":\"7\"", ",\"id\":4294967296", ",\"id\":1.5", ",\"id\":null"})
    void takesNoSchemaWithoutAnIdForTheNewest(String id) {
        stub.then(200, "{\"version\":1,\"schema\":\"\\\"int\\\"\"" + id + "}");

        assertThatThrownBy(() -> registry.latest("a"))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no registry's answer");
    }

    @Test
    void quotesWhatAServerSaysThatSpeaksNoHttp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server, "no\u001b[2Jhttp" + "x".repeat(5_000) + "\r\n\r\n"));
            thread.start();

            assertThatThrownBy(() -> quick("http://127.0.0.1:" + server.getLocalPort())
                            .attempts(1)
                            .build()
                            .byId(1))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("not reached, ")
                    .message()
                    .doesNotContain("\u001b")
                    .hasSizeLessThan(1_000);
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertNoSecret(Throwable thrown) throws IOException {
        assertThat(thrown).isInstanceOf(SchemaRegistryException.class);
        try (StringWriter text = new StringWriter();
                PrintWriter writer = new PrintWriter(text)) {
            thrown.printStackTrace(writer);
            assertThat(text.toString()).doesNotContain("s3cr3t", "keeper", "a2VlcGVyOnMzY3IzdA");
        }
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThatThrownBy(
                        () -> HttpSchemaRegistry.builder("http://a").attempts(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("attempts");
        assertThatThrownBy(() -> HttpSchemaRegistry.builder("http://a")
                        .totalTimeout(Duration.ZERO)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("totalTimeout");
    }
}
