package io.kaufmann.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.SubjectStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks payloads against JSON Schemas, compiled once. Immutable and thread-safe. */
final class JsonSchemas implements PayloadCheck {

    private static final SubjectStrategy SUBJECTS = SubjectStrategy.eventName();

    private final List<Path> folders;
    private final Map<String, Schema> schemas;

    private JsonSchemas(List<Path> folders, Map<String, Schema> schemas) {
        this.folders = folders;
        this.schemas = schemas;
    }

    static JsonSchemas in(List<Path> folders) {
        Map<String, Path> files = SchemaFolder.files(folders);
        Map<String, String> texts = new LinkedHashMap<>();
        files.values().forEach(file -> texts.put(file.toUri().toString(), read(file)));
        SchemaRegistry registry = registry(texts);
        Map<String, Schema> schemas = new HashMap<>();
        List<String> problems = new ArrayList<>();
        files.forEach((name, file) -> {
            try {
                String location = file.toUri().toString();
                Schema schema = registry.getSchema(SchemaLocation.of(location), texts.get(location), InputFormat.JSON);
                schema.initializeValidators();
                schemas.put(name, schema);
            } catch (RuntimeException e) {
                problems.add(file + ": " + EventName.printable(String.valueOf(e.getMessage())));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot use " + (problems.size() == 1 ? "a JSON Schema" : "JSON Schemas")
                    + ": " + String.join("; ", problems)
                    + ". A file may refer to others of the same folders; nothing else is read or fetched");
        }
        return new JsonSchemas(List.copyOf(folders), Map.copyOf(schemas));
    }

    private static SchemaRegistry registry(Map<String, String> texts) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_PATH)
                .failFast(true) // Bounded: a list of a million wrong items would be a million errors.
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config).schemas(texts));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean concerns(EventName event) {
        return schemas.containsKey(SUBJECTS.subject(event, ""));
    }

    @Override
    public void check(EventName event, JsonNode payload) {
        List<Error> errors = schemas.get(SUBJECTS.subject(event, "")).validate(payload);
        if (!errors.isEmpty()) {
            throw new TranscodeException(event.printable() + " " + errors.get(0));
        }
    }

    @Override
    public String toString() {
        return folders.toString();
    }
}
