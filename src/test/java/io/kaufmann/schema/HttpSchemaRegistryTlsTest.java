package io.kaufmann.schema;

import static io.kaufmann.schema.StubRegistry.INT_SCHEMA;
import static io.kaufmann.schema.TlsStores.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's TLS settings against a real HTTPS server that asks for the client's certificate when it has one. */
@Timeout(120)
class HttpSchemaRegistryTlsTest {

    @TempDir
    static Path directory;

    private static Path here;
    private static Path elsewhere;
    private static Path client;
    private static Path trustHere;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> clients = new CopyOnWriteArrayList<>();
    private HttpsServer server;

    @BeforeAll
    static void makeKeys() throws Exception {
        TlsStores stores = new TlsStores(directory);
        here = stores.keys("here", "dns:localhost,ip:127.0.0.1");
        elsewhere = stores.keys("elsewhere", "dns:elsewhere.example");
        client = stores.keys("orders", "dns:orders.example");
        trustHere = stores.trusting(here, "PKCS12");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    private String serve(Path keys, boolean needsClient) throws Exception {
        SSLContext context = TlsStores.server(keys, new TlsStores(directory).trusting(client, "PKCS12"));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(needsClient);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, needsClient));
        server.start();
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, boolean needsClient) throws IOException {
        try (exchange) {
            if (needsClient) {
                clients.add(((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName());
            }
            byte[] body = INT_SCHEMA.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", StubRegistry.JSON);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, Object> settings(Object... namesAndValues) {
        Map<String, Object> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return settings;
    }

    private static Map<String, Object> trusting(Path store) {
        return settings(
                "ssl.truststore.location",
                store.toString(),
                "ssl.truststore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    private static HttpSchemaRegistry registry(String url, Map<String, Object> settings) {
        return HttpSchemaRegistry.builder(url).attempts(1).ssl(settings).build();
    }

    @Test
    void trustsWhatTheTrustStoreHolds() throws Exception {
        String url = serve(here, false);

        assertThat(registry(url, trusting(trustHere)).byId(7).id()).isEqualTo(7);
        assertThatThrownBy(() ->
                        HttpSchemaRegistry.builder(url).attempts(1).build().byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException");
        assertThatThrownBy(() -> registry(url, settings()).byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void trustsAJksStoreWithThePasswordAsKafkasOwnType() throws Exception {
        String url = serve(here, false);
        Path store = new TlsStores(directory).trusting(here, "JKS");

        HttpSchemaRegistry registry = registry(
                url,
                settings(
                        "ssl.truststore.location",
                        store.toString(),
                        "ssl.truststore.password",
                        new Password(PASSWORD)));

        assertThat(registry.byId(7).id()).isEqualTo(7);
    }

    @Test
    void showsTheClientsCertificateWhereTheServerAsksForIt() throws Exception {
        String url = serve(here, true);
        Map<String, Object> settings = trusting(trustHere);
        assertThatThrownBy(() -> registry(url, settings).byId(7)).isInstanceOf(RegistryUnavailableException.class);

        settings.putAll(settings(
                "ssl.keystore.location",
                client.toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.key.password",
                PASSWORD,
                "ssl.keystore.type",
                "PKCS12"));

        assertThat(registry(url, settings).byId(7).id()).isEqualTo(7);
        assertThat(clients).containsExactly("CN=orders");
    }

    @Test
    void takesPemFromTheSettingsThemselvesAndFromFiles() throws Exception {
        String url = serve(here, true);
        Path trusted = Files.writeString(directory.resolve("trusted.pem"), TlsStores.certificate(here));
        Path keys = Files.writeString(
                directory.resolve("keys.pem"), TlsStores.privateKey(client) + TlsStores.certificate(client));

        HttpSchemaRegistry inSettings = registry(
                url,
                settings(
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", TlsStores.certificate(here),
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", TlsStores.certificate(client),
                        "ssl.keystore.key", TlsStores.privateKey(client)));
        HttpSchemaRegistry inFiles = registry(
                url,
                settings(
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        trusted.toString(),
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.location",
                        keys.toString()));

        assertThat(inSettings.byId(7).id()).isEqualTo(7);
        assertThat(inFiles.byId(7).id()).isEqualTo(7);
        assertThat(clients).containsExactly("CN=orders", "CN=orders");
    }

    @Test
    void checksTheHostsNameUnlessToldNotTo() throws Exception {
        String url = serve(elsewhere, true);
        Map<String, Object> settings = trusting(new TlsStores(directory).trusting(elsewhere, "PKCS12"));
        settings.putAll(settings(
                "ssl.keystore.location",
                client.toString(),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.keystore.type",
                "PKCS12"));
        for (Object checked : List.of("https", "HTTPS")) {
            settings.put("ssl.endpoint.identification.algorithm", checked);
            assertThatThrownBy(() -> registry(url, settings).byId(7))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("127.0.0.1");
        }

        settings.put("ssl.endpoint.identification.algorithm", "");
        assertThat(registry(url, settings).byId(7).id()).isEqualTo(7);

        // Whose certificate it is, is checked all the same.
        settings.putAll(trusting(trustHere));
        assertThatThrownBy(() -> registry(url, settings).byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void usesTheProtocolsThatAreSet() throws Exception {
        String url = serve(here, false);
        Map<String, Object> settings = trusting(trustHere);
        settings.put("ssl.enabled.protocols", "TLSv1.2");
        settings.put("ssl.cipher.suites", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384");
        assertThat(registry(url, settings).byId(7).id()).isEqualTo(7);

        settings.put("ssl.cipher.suites", List.of("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));

        // The server's key does not go with this one.
        assertThatThrownBy(() -> registry(url, settings).byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void saysWhatIsWrongWithTheSettingsAndNoPassword() throws IOException {
        Map<String, Object> wrongPassword = trusting(trustHere);
        wrongPassword.put("ssl.truststore.password", "wr0ng");
        Map<String, Object> passwordOfAnotherType = trusting(trustHere);
        passwordOfAnotherType.put("ssl.truststore.password", 987_654);

        assertRefused(wrongPassword, trustHere.toString());
        assertRefused(passwordOfAnotherType, trustHere.toString());
        assertRefused(trusting(directory.resolve("gone.p12")), "gone.p12");
        assertRefused(settings("ssl.trustore.location", "x"), "'ssl.trustore.location'");
        assertRefused(settings("ssl.engine.factory.class", "x.Y"), "'ssl.engine.factory.class'");
        assertRefused(settings("ssl.endpoint.identification.algorithm", "ldaps"), "'ldaps'");
        assertRefused(settings("ssl.protocol", "SSLv1"), "SSLv1");
        assertRefused(settings("ssl.keystore.type", "PEM", "ssl.keystore.key", "wr0ng key"), "certificate chain");
    }

    private static void assertRefused(Map<String, Object> settings, String named) throws IOException {
        Throwable refused =
                catchThrowable(() -> HttpSchemaRegistry.builder("https://a").ssl(settings));
        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(named);
        try (StringWriter text = new StringWriter();
                PrintWriter writer = new PrintWriter(text)) {
            refused.printStackTrace(writer);
            assertThat(text.toString()).doesNotContain("wr0ng", "987654", PASSWORD);
        }
    }
}
