package io.kaufmann.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas and answers that are made to harm whoever reads them. */
@Timeout(120)
class HostileSchemasTest {

    private static final long STACK = 1 << 20;

    private final StubRegistry stub = new StubRegistry();
    private final HttpSchemaRegistry registry =
            HttpSchemaRegistry.builder(stub.url()).attempts(1).build();

    @AfterEach
    void close() {
        stub.close();
    }

    private static String answer(String schema) {
        return JsonNodeFactory.instance.objectNode().put("schema", schema).toString();
    }

    /** What reading a schema with this text ends in, on a stack of the usual size. */
    private Throwable reading(String schema) throws InterruptedException {
        stub.then(200, answer(schema));
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread thread = new Thread(null, () -> outcome.set(catchThrowable(this::use)), "reader", STACK);
        thread.start();
        thread.join();
        return outcome.get();
    }

    // Comparing and printing call themselves for each level too.
    private void use() {
        var schema = registry.byId(7).schema();
        assertThat(schema.hashCode()).isEqualTo(schema.hashCode());
        assertThat(schema.toString()).isNotEmpty();
        assertThat(schema).isEqualTo(SchemaTexts.parser().parse(schema.toString()));
    }

    private static String arrays(int depth) {
        return "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
    }

    /** Records that each name the next or the one before, so that types stand deep though no text is nested. */
    private static String chain(int length, int step) {
        StringJoiner records = new StringJoiner(",", "[", "]");
        for (int i = 0; i < length; i++) {
            boolean last = i + step < 0 || i + step >= length;
            String field = last ? "" : "{\"name\":\"f\",\"type\":\"R" + (i + step) + "\"}";
            records.add("{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[" + field + "]}");
        }
        return records.toString();
    }

    @Test
    void readsASchemaThatIsDeepButNotTooDeep() throws InterruptedException {
        assertThat(reading(arrays(450))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 999, 10_000, 100_000})
    void refusesASchemaThatIsNestedTooDeep(int depth) throws InterruptedException {
        assertThat(reading(arrays(depth)))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("schema id 7")
                .hasMessageContaining("nested deeper");
    }

    @Test
    void commentsBeforeItDoNotHideADepth() throws InterruptedException {
        assertThat(reading("/* deep */ " + arrays(10_000)))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void refusesTypesThatStandTooDeepInEachOtherByName(int step) throws InterruptedException {
        assertThat(reading(chain(300, step))).isNull();
        assertThat(reading(chain(1_000, step)))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("too deep");
    }

    @Test
    void refusesMoreTypesThanCanBeParsedInTime() throws InterruptedException {
        assertThat(reading(chain(20_000, 1)))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("more than 2000 types");
    }

    @Test
    void readsASchemaThatNamesItself() throws InterruptedException {
        assertThat(reading("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"next\",\"type\":"
                        + "[\"null\",\"R\",{\"type\":\"array\",\"items\":\"R\"}]}]}"))
                .isNull();
    }

    @Test
    void refusesATextThatIsTooLarge() throws InterruptedException {
        assertThat(reading("\"" + "x".repeat(SchemaLimits.MOST_CHARACTERS) + "\""))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("characters")
                .message()
                .hasSizeLessThan(500);
        assertThat(reading("[" + "{},".repeat(200_000) + "{}]"))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("too many parts");
    }

    @Test
    void cutsAndEscapesANameInItsError() throws InterruptedException {
        String name = "a\\u0000\\n\\u001b[31m" + "x".repeat(100_000);

        Throwable refused =
                reading("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":\"" + name + "\"}]}");

        assertThat(refused).isInstanceOf(UnsupportedSchemaException.class);
        assertThat(refused.getMessage()).hasSizeLessThan(1_000).matches("\\P{Cntrl}*");
    }

    @Test
    void refusesToSendWhatNobodyCouldRead() {
        assertThatThrownBy(() -> registry.register("a", arrays(10_000)))
                .isInstanceOf(SchemaRejectedException.class)
                .hasMessageContaining("nested deeper");
        assertThat(stub.received()).isEmpty();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        AtomicLong sent = new AtomicLong();
        stub.then(exchange -> pour(exchange, StubRegistry.JSON, sent));

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining(String.valueOf(RegistryExchange.LARGEST_BODY));
        // What fits into the buffers between is sent too.
        assertThat(sent).hasValueLessThan(10L * RegistryExchange.LARGEST_BODY);
    }

    @Test
    void aWebPageWithoutEndIsAnOutage() {
        stub.then(exchange -> pour(exchange, "text/html", new AtomicLong()));

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryUnavailableException.class);
    }

    // Two gigabytes if nobody hangs up.
    private static void pour(HttpExchange exchange, String type, AtomicLong sent) throws IOException {
        byte[] chunk = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (sent.get() < (2L << 30)) {
                out.write(chunk);
                sent.addAndGet(chunk.length);
            }
        }
    }

    @Test
    void refusesAnAnswerThatIsNestedTooDeepOrHasTooManyParts() {
        stub.then(200, "[".repeat(10_000) + "]".repeat(10_000))
                .then(200, "{\"schema\":\"\\\"int\\\"\",\"more\":[" + "{},".repeat(500_000) + "{}]}");

        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(UnsupportedSchemaException.class);
    }

    @Test
    void refusesReferencesInACircle() {
        refer("b", 1);
        refer("a", 1);
        refer("b", 1);

        assertThatThrownBy(() -> registry.latest("a"))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("circle")
                .hasMessageContaining("'b' version 1");
        assertThat(stub.received()).hasSize(3);
    }

    @Test
    void refusesAChainOfReferencesWithoutEnd() {
        for (int version = 1; version <= 2 * SchemaResolution.DEEPEST_REFERENCE; version++) {
            refer("a", version);
        }

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("refers to more than")
                .message()
                .hasSizeLessThan(2_000);
        assertThat(stub.received()).hasSize(SchemaResolution.DEEPEST_REFERENCE + 1);
    }

    @Test
    void refusesMoreReferencesThanAnyoneHas() {
        ObjectNode many = JsonNodeFactory.instance.objectNode().put("schema", "\"int\"");
        for (int i = 0; i < 10_000; i++) {
            many.withArray("references")
                    .addObject()
                    .put("name", "N" + i)
                    .put("subject", "s" + i)
                    .put("version", 1);
        }
        stub.then(200, many.toString());
        for (int i = 0; i < 10_000; i++) {
            stub.then(200, answer("{\"type\":\"fixed\",\"size\":1,\"name\":\"N" + i + "\"}"));
        }

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining("refers to more than " + SchemaResolution.MOST_REFERENCES);
        assertThat(stub.received()).hasSize(SchemaResolution.MOST_REFERENCES + 1);
    }

    private void refer(String subject, int version) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", "\"int\"");
        body.putArray("references")
                .addObject()
                .put("name", "N")
                .put("subject", subject)
                .put("version", version);
        stub.then(200, body.put("id", 1).put("version", 1).toString());
    }

    @Test
    void readsNoFurtherReferenceOnceTheTimeIsOver() {
        JsonNode answer = JsonNodeFactory.instance.objectNode().put("schema", "\"int\"");
        ((ObjectNode) answer)
                .putArray("references")
                .addObject()
                .put("subject", "b")
                .put("version", 1);
        AtomicInteger fetched = new AtomicInteger();
        SchemaResolver late = new SchemaResolver(
                "here",
                reference -> {
                    fetched.incrementAndGet();
                    return answer;
                },
                Duration.ZERO);

        assertThatThrownBy(() -> late.resolve("schema id 1", answer))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("schema id 1")
                .hasMessageContaining("not all read within 0 ms");
        assertThat(fetched).hasValue(0);
    }
}
