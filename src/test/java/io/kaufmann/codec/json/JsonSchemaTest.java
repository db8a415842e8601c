package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Meta;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {

    private static final String ORDER = """
            {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
              "id": {"type": "integer"},
              "items": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "number"}}}}}}
            """;

    @TempDir
    private Path folder;

    private Path other;

    @BeforeEach
    void schema() throws IOException {
        other = Files.createDirectories(folder.resolve("other"));
        folder = Files.createDirectories(folder.resolve("schemas"));
        put("event.order.placed.json", ORDER);
    }

    private void put(String file, String schema) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, schema);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonEvents json() {
        return new JsonEvents(JsonTranscoder.builder().schemas(List.of(folder)).build());
    }

    private ThrowableAssertAlternative<TranscodeException> refuses(String text) {
        return assertThatExceptionOfType(TranscodeException.class).isThrownBy(() -> json().decode(text));
    }

    @Test
    void letsPassWhatFits() {
        JsonEvents json = json();
        assertThat(json.decode("{\"meta\":{\"any\":1},\"id\":1,\"items\":[{\"price\":1.5}]}")
                        .payload()
                        .integer("id"))
                .isEqualTo(1);
        assertThat(json.encode(Meta.builder().messageId("m1").build(), Map.of("id", 1)))
                .isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"id\":1}");
    }

    @Test
    void refusesToDecodeWhatDoesNotFit() {
        refuses("{\"meta\":{},\"payload\":{\"id\":1,\"items\":[{},{\"price\":\"s3cret\"}]}}")
                .withMessageContaining("payload.items[1].price")
                .withMessageContaining("type")
                .withMessageContaining("number")
                .withMessageNotContaining("s3cret");
        refuses("{\"id\":\"s3cret\"}").withMessageContaining("payload.id").withMessageNotContaining("s3cret");
        refuses("{}").withMessageContaining("payload: ").withMessageContaining("required");
        refuses("{\"meta\":{},\"payload\":[1]}").withMessageContaining("payload: ");
    }

    @Test
    void refusesToEncodeWhatDoesNotFit() {
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json().encode(Map.of("id", 1, "items", List.of(Map.of("price", "12,50")))))
                .withMessageStartingWith("event.order.placed payload.items[0].price: ")
                .withMessageContaining("event.order.placed.json")
                .withMessageNotContaining("12,50");
    }

    @Test
    void doesNotCheckEventsWithoutAFile() {
        assertThat(json().encode("event.other", Optional.empty(), Map.of("id", "x")))
                .isEqualTo("{\"id\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "event.order.placed.json, event.order.placed#42",
        "event.a.schema.json, event.a",
        "deep/er/event.a.json, event.a",
        "query.req.json, query.req.users",
        "event.error.json, event.error.event.a",
    })
    void findsTheFileOfAnEvent(String file, String event) {
        put(file, ORDER);
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json().encode(event, Optional.empty(), Map.of("id", "x")));
    }

    @Test
    void takesTheFirstFolderThatHasAFile() throws IOException {
        Files.writeString(other.resolve("event.order.placed.json"), "{}");
        JsonEvents lax = new JsonEvents(
                JsonTranscoder.builder().schemas(List.of(other, folder)).build());
        assertThat(lax.encode(Map.of("id", "x"))).isEqualTo("{\"id\":\"x\"}");
    }

    @Test
    void refusesTwoFilesForOneEvent() {
        put("event.order.placed.schema.json", ORDER);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(this::json)
                .withMessageContaining("Two JSON Schemas for event.order.placed");
    }

    @Test
    void followsReferencesWithinTheFolders() {
        put("types/money.json", "{\"$defs\": {\"amount\": {\"type\": \"number\", \"minimum\": 0}}}");
        put("event.order.placed.json", """
                {"properties": {"price": {"$ref": "types/money.json#/$defs/amount"}}}""");
        put("event.b.json", """
                {"$id": "https://acme.example/b.json", "properties": {"price": {"$ref": "c.json"}}}""");
        put("c.json", "{\"$id\": \"https://acme.example/c.json\", \"type\": \"integer\"}");
        refuses("{\"price\":-1}").withMessageContaining("payload.price").withMessageContaining("minimum");
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() -> json().encode("event.b", Optional.empty(), Map.of("price", "x")))
                .withMessageContaining("payload.price");
    }

    @Test
    void fetchesNothing() throws IOException {
        AtomicInteger fetched = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/x.json";
            refusesAtBuild("{\"$ref\": \"" + url + "\"}");
            refusesAtBuild("{\"$schema\": \"" + url + "\"}");
            refusesAtBuild("{\"properties\": {\"a\": {\"$ref\": \"" + url + "\"}}}");
            put("event.order.placed.json", "{\"$dynamicRef\": \"" + url + "\"}"); // Found out only when it is used.
            refuses("{}");
            assertThat(fetched).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void readsNothingOutsideTheFolders() throws IOException {
        Files.writeString(other.resolve("x.json"), "{}");
        refusesAtBuild("{\"$ref\": \"../other/x.json\"}");
        refusesAtBuild("{\"$ref\": \"" + other.resolve("x.json").toUri() + "\"}");
        refusesAtBuild("{\"properties\": {\"a\": {\"items\": {\"$ref\": \"missing.json\"}}}}");
        refusesAtBuild("{\"$ref\": \"classpath:/io/kaufmann/schemas/x.json\"}");
        refusesAtBuild("{\"$ref\": \"#/$defs/missing\"}");
    }

    private void refusesAtBuild(String schema) {
        put("event.order.placed.json", schema);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .as(schema)
                .isThrownBy(this::json)
                .withMessageContaining("event.order.placed.json");
    }

    @Test
    void refusesFilesThatAreNoSchemasAndNamesEach() {
        put("event.a.json", "{");
        put("event.b.json", "[1]");
        put("event.c.json", "{\"type\": 5}");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(this::json)
                .withMessageContaining("event.a.json")
                .withMessageContaining("event.b.json")
                .withMessageContaining("event.c.json");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> JsonTranscoder.builder()
                        .schemas(List.of(folder.resolve("missing")))
                        .build())
                .withMessageContaining("missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"number\"} | \"s3cret\"",
                "{\"enum\": [1, 2]} | \"s3cret\"",
                "{\"const\": 1} | \"s3cret\"",
                "{\"pattern\": \"^[0-9]$\"} | \"s3cret\"",
                "{\"maxLength\": 2} | \"s3cret\"",
                "{\"format\": \"date\", \"type\": \"integer\"} | \"s3cret\"",
                "{\"anyOf\": [{\"type\": \"number\"}, {\"const\": 1}]} | \"s3cret\"",
                "{\"oneOf\": [{\"type\": \"number\"}, {\"const\": 1}]} | \"s3cret\"",
                "{\"allOf\": [{\"type\": \"number\"}]} | \"s3cret\"",
                "{\"not\": {\"type\": \"string\"}} | \"s3cret\"",
                "{\"uniqueItems\": true} | [\"s3cret\", \"s3cret\"]",
                "{\"contains\": {\"type\": \"number\"}} | [\"s3cret\"]",
                "{\"maxItems\": 0} | [\"s3cret\"]",
                "{\"multipleOf\": 10} | 55533",
                "{\"maximum\": 10} | 55533",
                "{\"if\": {\"type\": \"string\"}, \"then\": {\"type\": \"number\"}} | \"s3cret\"",
                "{\"maxProperties\": 0} | {\"a\": \"s3cret\"}",
                "{\"dependentRequired\": {\"a\": [\"b\"]}} | {\"a\": \"s3cret\"}",
                "{\"unevaluatedProperties\": false} | {\"a\": \"s3cret\"}",
                "false | \"s3cret\"",
            })
    void keepsValuesOutOfItsErrors(String rule, String value) {
        put("event.order.placed.json", "{\"properties\": {\"x\": " + rule + "}}");
        refuses("{\"x\":" + value + "}")
                .withMessageContaining("payload.x")
                .withMessageNotContaining("s3cret")
                .withMessageNotContaining("55533");
    }

    @Test
    void cutsNamesInItsErrors() {
        refuses("{\"id\":1,\"" + "n".repeat(5_000) + "\\n\":1}").withMessageMatching(".{1,600}");
    }

    @Test
    void stopsAtTheFirstErrorOfAMillion() {
        refuses("{\"id\":1,\"items\":[" + "1,".repeat(900_000) + "1]}").withMessageMatching(".{1,600}");
    }

    @Test
    void checksTheSameWhicheverThreadAsks() {
        JsonEvents json = json();
        long refused = IntStream.range(0, 20_000)
                .parallel()
                .filter(i -> {
                    try {
                        json.decode(i % 2 == 0 ? "{\"id\":1}" : "{\"id\":\"x\"}");
                        return false;
                    } catch (TranscodeException e) {
                        return true;
                    }
                })
                .count();
        assertThat(refused).isEqualTo(10_000);
    }

    @Test
    void checksDepthWithinTheLimit() {
        put("event.order.placed.json", "{\"additionalProperties\": {\"$ref\": \"#\"}, \"type\": \"object\"}");
        json().decode("{\"a\":".repeat(255) + "{}" + "}".repeat(255));
        refuses("{\"a\":".repeat(255) + "1" + "}".repeat(255)).withMessageMatching(".{1,600}");
    }

    @Test
    void refusesASchemaThatNeverEnds() {
        put("event.order.placed.json", "{\"allOf\": [{\"$ref\": \"#\"}]}");
        refuses("{}").withMessageContaining("never ends");
    }

    @Test
    void readsOlderDrafts() {
        put("event.order.placed.json", """
                {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"i": {"type": "integer"}},
                 "properties": {"id": {"$ref": "#/definitions/i"}}}""");
        refuses("{\"id\":\"x\"}").withMessageContaining("payload.id");
        put("event.order.placed.json", """
                {"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"id": {"maximum": 5,
                 "exclusiveMaximum": true}}}""");
        refuses("{\"id\":5}").withMessageContaining("payload.id");
    }
}
