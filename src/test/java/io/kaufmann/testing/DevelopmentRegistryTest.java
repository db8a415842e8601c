package io.kaufmann.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Confluent's REST API as other clients see it; what Kaufmann's own client needs is in the contract. */
class DevelopmentRegistryTest {

    private static final String V1 =
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
    private static final String V2 =
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"},"
                    + "{\"name\":\"y\",\"type\":\"int\",\"default\":0}]}";
    private static final String INCOMPATIBLE = "{\"type\":\"record\",\"name\":\"A\",\"fields\":"
            + "[{\"name\":\"x\",\"type\":\"int\"},{\"name\":\"z\",\"type\":\"int\"}]}";

    private final DevelopmentRegistry registry = DevelopmentRegistry.start();
    private final RawHttp http = new RawHttp(registry.url());

    @BeforeEach
    void registerTwoVersions() {
        registry.contents().register("a", V1);
        registry.contents().register("a", V2);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private static String body(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    }

    private JsonNode ok(String method, String path, String body) {
        HttpResponse<String> answer = http.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        return RegistryJson.parse(answer.body());
    }

    private void assertError(String method, String path, String body, int status, int code) {
        HttpResponse<String> answer = http.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.schemaregistry.v1+json");
        JsonNode error = RegistryJson.parse(answer.body());
        assertThat(error.path("error_code").intValue()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/|{}",
                "/subjects|[\"a\"]",
                "/subjects/a/versions|[1,2]",
                "/schemas/types|[\"AVRO\"]",
                "/schemas/ids/1/versions|[{\"subject\":\"a\",\"version\":1}]",
                "/schemas/ids/1/subjects|[\"a\"]",
                "/subjects/a/versions/1/referencedby|[]",
                "/config|{\"compatibilityLevel\":\"BACKWARD\"}",
                "/config/a?defaultToGlobal=true|{\"compatibilityLevel\":\"BACKWARD\"}",
                "/mode|{\"mode\":\"READWRITE\"}",
            })
    void answersAsConfluentDoes(String path, String expected) {
        assertThat(ok("GET", path, "")).isEqualTo(RegistryJson.parse(expected));
    }

    @Test
    void showsSchemas() {
        assertThat(ok("GET", "/schemas/ids/1", "").path("schema").asText()).isEqualTo(V1);
        assertThat(ok("GET", "/schemas/ids/1/schema", "")).isEqualTo(RegistryJson.parse(V1));
        assertThat(ok("GET", "/subjects/a/versions/1/schema", "")).isEqualTo(RegistryJson.parse(V1));
        JsonNode latest = ok("GET", "/subjects/a/versions/latest", "");
        assertThat(latest.path("subject").asText()).isEqualTo("a");
        assertThat(latest.path("version").intValue()).isEqualTo(2);
        assertThat(latest.path("id").intValue()).isEqualTo(2);
        assertThat(latest.path("schema").asText()).isEqualTo(V2);
        assertThat(ok("GET", "/subjects/a/versions/-1", "")).isEqualTo(latest);
    }

    @Test
    void registersAndLooksUp() {
        assertThat(ok("POST", "/subjects/b/versions", body(V2)).path("id").intValue())
                .isEqualTo(2);
        assertThat(ok("POST", "/subjects/b", body(V2)).path("version").intValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /schemas/ids/9, 404, 40403",
        "GET, /schemas/ids/9/versions, 404, 40403",
        "GET, /schemas/ids/nine, 404, 404",
        "GET, /subjects/b/versions, 404, 40401",
        "GET, /subjects/b/versions/latest, 404, 40401",
        "GET, /subjects/a/versions/9, 404, 40402",
        "GET, /subjects/a/versions/0, 422, 42202",
        "GET, /subjects/a/versions/-2, 422, 42202",
        "GET, /subjects/a/versions/x, 422, 42202",
        "DELETE, /subjects/b, 404, 40401",
        "DELETE, /subjects/a?permanent=true, 404, 40405",
        "DELETE, /subjects/a/versions/1?permanent=true, 404, 40407",
        "DELETE, /subjects/a/versions/9, 404, 40402",
        "GET, /config/a, 404, 40408",
        "DELETE, /config/a, 404, 40408",
        "GET, /wrong/path, 404, 404",
        "PUT, /subjects/a, 405, 405",
    })
    void answersWithConfluentsErrorCodes(String method, String path, int status, int code) {
        assertError(method, path, "", status, code);
    }

    @Test
    void answersToBadBodiesWithConfluentsErrorCodes() {
        assertError("POST", "/subjects/a/versions", body(INCOMPATIBLE), 409, 409);
        assertError("POST", "/subjects/a/versions", body("{\"type\":\"recor"), 422, 42201);
        assertError("POST", "/subjects/a/versions", "{}", 422, 42201);
        assertError("POST", "/subjects/a/versions", "", 422, 42201);
        assertError("POST", "/subjects/a/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}", 422, 42201);
        assertError("POST", "/subjects/a/versions", "{garbage", 400, 400);
        assertError("POST", "/subjects/a", body(INCOMPATIBLE), 404, 40403);
        assertError("POST", "/subjects/b", body(V1), 404, 40401);
        assertError("POST", "/compatibility/subjects/a/versions/9", body(V1), 404, 40402);
        assertError("POST", "/compatibility/subjects/a/versions/x", body(V1), 422, 42202);
        assertError("POST", "/compatibility/subjects/a/versions/latest", body("?"), 422, 42201);
        assertError("PUT", "/config", "{\"compatibility\":\"SIDEWARD\"}", 422, 42203);
        assertError("PUT", "/config/a", "{}", 422, 42203);
    }

    @Test
    void checksCompatibilityWithReasonsWhenAsked() {
        JsonNode brief = ok("POST", "/compatibility/subjects/a/versions/latest", body(INCOMPATIBLE));
        JsonNode verbose = ok("POST", "/compatibility/subjects/a/versions/1?verbose=true", body(INCOMPATIBLE));

        assertThat(brief.toString()).isEqualTo("{\"is_compatible\":false}");
        assertThat(verbose.path("messages").get(0).asText()).contains("READER_FIELD_MISSING_DEFAULT_VALUE", "z");
        assertThat(ok("POST", "/compatibility/subjects/new/versions/latest", body(INCOMPATIBLE))
                        .path("is_compatible")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void keepsCompatibilityLevels() {
        assertThat(ok("PUT", "/config/a", "{\"compatibility\":\"NONE\"}").toString())
                .isEqualTo("{\"compatibility\":\"NONE\"}");
        assertThat(ok("GET", "/config/a", "").toString()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        ok("POST", "/subjects/a/versions", body(INCOMPATIBLE));
        assertThat(ok("DELETE", "/config/a", "").toString()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertError("GET", "/config/a", "", 404, 40408);

        ok("PUT", "/config", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        assertThat(ok("GET", "/config/a?defaultToGlobal=true", "").toString())
                .isEqualTo("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}");
        ok("DELETE", "/config", "");
        assertThat(ok("GET", "/config", "").toString()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
    }

    @Test
    void deletesSoftlyFirstAndThenForGood() {
        assertThat(ok("DELETE", "/subjects/a/versions/1", "").intValue()).isEqualTo(1);
        assertThat(ok("GET", "/subjects/a/versions", "").toString()).isEqualTo("[2]");
        assertThat(ok("GET", "/subjects/a/versions?deleted=true", "").toString())
                .isEqualTo("[1,2]");
        assertThat(ok("GET", "/schemas/ids/1", "").path("schema").asText()).isEqualTo(V1);
        assertError("DELETE", "/subjects/a/versions/1", "", 404, 40406);

        assertThat(ok("DELETE", "/subjects/a", "").toString()).isEqualTo("[2]");
        assertError("DELETE", "/subjects/a", "", 404, 40404);
        assertThat(ok("GET", "/subjects", "").toString()).isEqualTo("[]");
        assertThat(ok("GET", "/subjects?deleted=true", "").toString()).isEqualTo("[\"a\"]");

        assertThat(ok("DELETE", "/subjects/a?permanent=true", "").toString()).isEqualTo("[1,2]");
        assertError("GET", "/schemas/ids/1", "", 404, 40403);
        assertThat(ok("GET", "/subjects?deleted=true", "").toString()).isEqualTo("[]");
    }

    @Test
    void aSoftDeletedSchemaKeepsItsIdAndGetsANewVersion() {
        ok("DELETE", "/subjects/a/versions/2", "");

        assertThat(ok("POST", "/subjects/a/versions", body(V2)).path("id").intValue())
                .isEqualTo(2);
        assertThat(ok("GET", "/subjects/a/versions", "").toString()).isEqualTo("[1,3]");
    }

    @Test
    void keepsWhatAnotherSchemaRefersTo() {
        ok(
                "POST",
                "/subjects/b/versions",
                "{\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"A\\\"}\",\"references\":"
                        + "[{\"name\":\"A\",\"subject\":\"a\",\"version\":1}]}");

        assertError("DELETE", "/subjects/a/versions/1", "", 422, 42206);
        assertError("DELETE", "/subjects/a", "", 422, 42206);
        assertThat(ok("GET", "/subjects/a/versions/1/referencedby", "").toString())
                .isEqualTo("[3]");
        assertThat(ok("GET", "/subjects/b/versions/1", "").toString())
                .contains("\"schema\":\"{\\\"type\\\":\\\"array\\\",\\\"items\\\":\\\"A\\\"}\"")
                .contains("\"subject\":\"a\"");
        ok("DELETE", "/subjects/b", "");
        ok("DELETE", "/subjects/a", "");
    }

    @Test
    void takesSubjectsWithSlashes() {
        ok("POST", "/subjects/a%2Fb/versions", body(V1));

        assertThat(ok("GET", "/subjects", "").toString()).isEqualTo("[\"a\",\"a/b\"]");
        assertThat(ok("GET", "/subjects/a%2Fb/versions", "").toString()).isEqualTo("[1]");
    }

    @Test
    void answers503WhilePaused() {
        registry.pause();
        assertError("GET", "/subjects", "", 503, 503);
        registry.resume();
        ok("GET", "/subjects", "");
    }

    @Test
    void goesDownAndComesBackOnTheSamePortWithAllItHolds() {
        HttpSchemaRegistry client =
                HttpSchemaRegistry.builder(registry.url()).attempts(1).build();
        RegisteredSchema before = client.latest("a");

        for (int i = 0; i < 5; i++) {
            registry.stop();
            registry.stop();
            assertThatThrownBy(() -> client.latest("a")).isInstanceOf(RegistryUnavailableException.class);
            registry.restart();
            registry.restart();
            assertThat(client.latest("a")).isEqualTo(before);
        }
    }

    @Test
    void servesGivenContentsOnAGivenPort() {
        registry.stop();
        InMemorySchemaRegistry contents = new InMemorySchemaRegistry();
        contents.register("given", V1);

        try (DevelopmentRegistry other = DevelopmentRegistry.start(registry.port(), contents)) {
            assertThat(other.port()).isEqualTo(registry.port());
            assertThat(ok("GET", "/subjects", "").toString()).isEqualTo("[\"given\"]");
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        assertThatThrownBy(() -> DevelopmentRegistry.start(registry.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + registry.port());
    }

    @Test
    void keepsNoJvmAlive() {
        ok("GET", "/subjects", "");

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("development-registry")
                                || thread.getName().equals("HTTP-Dispatcher")))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }
}
