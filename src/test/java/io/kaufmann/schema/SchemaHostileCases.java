package io.kaufmann.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.fuzz.HostileCases;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Schemas that somebody registered to do harm, and answers that no registry gives, on their way to a transcoder. */
public final class SchemaHostileCases implements HostileCases {

    private static final int ENOUGH_REQUESTS = 1_000;
    private static final byte[] FRAME = {0, 0, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 2};

    private final List<Case> cases = new ArrayList<>();

    /** Without settings. */
    public SchemaHostileCases() {}

    @Override
    public List<Case> cases() {
        schemas();
        deepSchemas();
        references();
        answers();
        return cases;
    }

    private void schemas() {
        refused("no schema", "");
        refused("an unknown type", "\"what\"");
        refused("a type without a name", "{\"type\": \"record\", \"fields\": []}");
        refused("a type of the wrong shape", "{\"type\": {\"type\": {\"type\": 1}}}");
        refused("a fixed of 2^31-1 bytes", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2147483647}");
        refused("a fixed of a negative size", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1}");
        refused(
                "two types of one name",
                "[%1$s, %1$s]".formatted("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 1}"));
        refused("two fields of one name", record("R", "\"int\"", "\"int\"").replace("f1", "f0"));
        refused("a union within a union", "[[\"null\"]]");
        refused("a record within itself", record("R", "\"R\""));
        refused("records within each other", record("A", record("B", "\"A\"")));
        refused(
                "100,000 fields of a record without bytes, 2^31 times",
                "{\"type\": \"array\", \"items\": " + record("R", repeated("\"null\"", 100_000)) + "}");
    }

    private void deepSchemas() {
        for (int depth : new int[] {400, 1_001, 10_000, 100_000}) {
            String array = "{\"type\": \"array\", \"items\": ";
            refused(depth + " arrays", array.repeat(depth) + "\"int\"" + "}".repeat(depth));
            refused(depth + " brackets", "[".repeat(depth) + "]".repeat(depth));
        }
        for (int levels : new int[] {400, 10_000, 60_000}) {
            refused(levels + " records that name each other", named(levels));
        }
        refused(
                "3 MB of a default",
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"f\", \"type\": \"int\","
                        + " \"default\": " + "1".repeat(3_000_000) + "}]}");
        refused(
                "10 MB of documentation",
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [], \"doc\": \"" + "x".repeat(5_000_000) + "\"}");
    }

    /** A union of records, each with a field of the next: flat as a text. */
    private static String named(int levels) {
        return IntStream.range(0, levels)
                .mapToObj(i -> record("R" + i, i == 0 ? "\"int\"" : "\"R" + (i - 1) + "\""))
                .collect(Collectors.joining(", ", "[", ", " + record("Last", "\"R" + (levels - 1) + "\"") + "]"));
    }

    private void references() {
        refused("a schema that refers to itself", request -> answer("\"S\"", 1));
        refused("a chain of references without end", request -> answer("\"S\"", request + 1));
        refused(
                "1,000 references of one schema",
                request -> answer("\"int\"", IntStream.range(0, 1_000).toArray()));
        refused("references of 3 MB each", request -> {
            ObjectNode answer = answer("\"S\"", request + 1);
            return answer.put(
                    "schema",
                    "{\"type\": \"fixed\", \"size\": 1, \"name\": \"N" + request + "\", \"doc\": \""
                            + "x".repeat(3_000_000) + "\"}");
        });
    }

    private void answers() {
        unusable("an answer of 100 MB", out -> {
            byte[] piece = " ".repeat(1 << 16).getBytes(UTF_8);
            for (int i = 0; i < 1_600; i++) {
                out.write(piece);
            }
        });
        unusable(
                "an answer of 100,000 levels",
                out -> out.write("[".repeat(100_000).getBytes(UTF_8)));
        unusable(
                "an answer of 3 million parts",
                out -> out.write(("[" + "0,".repeat(3_000_000) + "0]").getBytes(UTF_8)));
        unusable("an answer that is no JSON", out -> out.write(new byte[1_000]));
        unusable("an answer of a number", out -> out.write("1e999999999".getBytes(UTF_8)));
        unusable("an answer that ends early", out -> out.write("{\"schema\": \"".getBytes(UTF_8)));
    }

    private static String record(String name, String... types) {
        return IntStream.range(0, types.length)
                .mapToObj(i -> "{\"name\": \"f" + i + "\", \"type\": " + types[i] + "}")
                .collect(Collectors.joining(
                        ", ", "{\"type\": \"record\", \"name\": \"" + name + "\", \"fields\": [", "]}"));
    }

    private static String[] repeated(String type, int times) {
        return IntStream.range(0, times).mapToObj(i -> type).toArray(String[]::new);
    }

    private static ObjectNode answer(String schema, int... references) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("schema", schema);
        ArrayNode array = answer.putArray("references");
        for (int reference : references) {
            array.addObject().put("name", "S").put("subject", "s").put("version", reference);
        }
        return answer;
    }

    /** What a registry answers to its first, second, third request. */
    @FunctionalInterface
    private interface Answers {
        ObjectNode to(int request);
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private void refused(String name, String schema) {
        refused(name, request -> answer(schema));
    }

    private void refused(String name, Answers answers) {
        cases.add(Case.refused(name, TranscodeException.class, () -> {
            try (StubRegistry stub = new StubRegistry()) {
                for (int request = 0; request < ENOUGH_REQUESTS; request++) {
                    int number = request;
                    stub.then(exchange -> {
                        byte[] bytes = answers.to(number).toString().getBytes(UTF_8);
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                        exchange.close();
                    });
                }
                return decode(stub);
            }
        }));
    }

    /** Not a registry's answer, so that nothing is known of the event. */
    private void unusable(String name, Body body) {
        Callable<Object> attempt = () -> {
            try (StubRegistry stub = new StubRegistry()) {
                stub.then(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    body.writeTo(exchange.getResponseBody());
                    exchange.close();
                });
                return decode(stub);
            }
        };
        cases.add(new Case(name, List.of(RegistryUnavailableException.class, TranscodeException.class), attempt));
    }

    private static Object decode(StubRegistry stub) {
        SchemaRegistry registry =
                HttpSchemaRegistry.builder(stub.url()).attempts(1).build();
        return AvroTranscoder.of(registry, SubjectStrategy.eventName())
                .decode(new Encoded(EventName.of("event.x"), "rapids", new RecordHeaders(), FRAME));
    }
}
