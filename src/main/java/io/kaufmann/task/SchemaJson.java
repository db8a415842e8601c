package io.kaufmann.task;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The JSON of schemas, with lines and columns. */
final class SchemaJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // As Avro's parser does.
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SchemaJson() {}

    /**
     * Reads a text.
     *
     * @throws InvalidSchemaException when it is no JSON; the message says where and why
     */
    static JsonNode read(Path file, String text) {
        if (text.isBlank()) {
            throw new InvalidSchemaException(file + " is empty. Write a schema into it, or delete it");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidSchemaException(
                    file + ", " + at(e.getLocation()) + ": this is no JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    /** Where a text stands first as a value: {@code line 3, column 12}. */
    static Optional<String> position(String text, String value) {
        try (JsonParser tokens = MAPPER.createParser(text)) {
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                if (token == JsonToken.VALUE_STRING && tokens.getText().equals(value)) {
                    return Optional.of(at(tokens.currentTokenLocation()));
                }
            }
        } catch (IOException e) {
            // Then it cannot be said.
        }
        return Optional.empty();
    }

    private static String at(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text).strip();
    }
}
