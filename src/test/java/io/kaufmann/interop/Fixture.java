package io.kaufmann.interop;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An event that clients in other languages have written: {@code src/test/interop/fixtures.js} makes them.
 *
 * @param file the fixture's name
 * @param json all that it says
 */
public record Fixture(String file, JsonNode json) {

    static final Path DIRECTORY =
            Path.of(System.getProperty("kaufmann.test.basedir", "."), "src/test/resources/interop");

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * One client's bytes.
     *
     * @param fixture what they say
     * @param client who wrote them
     * @param value the record's value
     * @param headers the record's headers
     */
    record Written(Fixture fixture, String client, byte[] value, Headers headers) {

        boolean hasIdInHeader() {
            return headers.toArray().length > 0;
        }

        @Override
        public String toString() {
            return fixture.file + " by " + client;
        }
    }

    /** The fixture in a file of this name, without its ending. */
    public static Fixture named(String name) {
        Path file = DIRECTORY.resolve(name + ".json");
        try {
            return new Fixture(name, MAPPER.readTree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written in a format, by any client. */
    static Stream<Written> written(String format) {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<Written> written = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".json"))
                    .sorted()
                    .map(file -> named(file.substring(0, file.length() - ".json".length())))
                    .filter(fixture -> fixture.json.get("format").textValue().equals(format))
                    .flatMap(fixture -> fixture.written().stream())
                    .toList();
            return written.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Written> written() {
        return json.get("written").properties().stream()
                .map(client -> new Written(
                        this,
                        client.getKey(),
                        HexFormat.of().parseHex(client.getValue().get("value").textValue()),
                        headers(client.getValue().path("headers"))))
                .toList();
    }

    private static Headers headers(JsonNode json) {
        RecordHeaders headers = new RecordHeaders();
        json.properties()
                .forEach(header -> headers.add(
                        header.getKey(),
                        HexFormat.of().parseHex(header.getValue().textValue())));
        return headers;
    }

    String event() {
        return json.get("event").textValue();
    }

    String subject() {
        return json.get("subject").textValue();
    }

    int schemaId() {
        return json.get("schemaId").intValue();
    }

    String guid() {
        return json.get("guid").textValue();
    }

    public Schema schema() {
        return new Schema.Parser().parse(json.get("schema").toString());
    }

    boolean hasReader() {
        return json.has("readerSchema");
    }

    public Schema readerSchema() {
        return new Schema.Parser().parse(json.get("readerSchema").toString());
    }

    /** The event in Java values: what was written, and what is to be read with the writer's schema. */
    public Content content() {
        return Content.of(AgreedJson.toJava(schema(), json.get("value")));
    }

    /** The event in Java values as the reader's schema shows it. */
    public Content resolved() {
        return Content.of(AgreedJson.toJava(readerSchema(), json.get("resolved")));
    }

    /** An event's parts; one that has neither metadata nor payload is all payload. */
    public record Content(Map<String, Object> meta, Object payload) {

        static Content of(Object event) {
            Map<String, Object> fields = fields(event);
            if (!fields.containsKey("payload")) {
                return new Content(Map.of(), event);
            }
            Object meta = fields.containsKey("meta") ? fields.get("meta") : fields.get("metadata");
            return new Content(meta == null ? Map.of() : fields(meta), fields.get("payload"));
        }

        private static Map<String, Object> fields(Object record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            ((Map<?, ?>) record).forEach((name, value) -> fields.put((String) name, value));
            return fields;
        }
    }
}
