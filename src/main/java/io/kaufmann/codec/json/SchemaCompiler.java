package io.kaufmann.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles files of JSON Schema, which may refer to one another, by path or by {@code $id}. Whatever else they refer to is
 * an error: nothing is fetched, and no other file is opened.
 */
final class SchemaCompiler {

    private static final SpecificationVersion DEFAULT = SpecificationVersion.DRAFT_2020_12;
    private static final String DRAFTS = "json-schema.org/draft";

    private final JsonMapper mapper = new JsonMapper();
    private final Map<Path, JsonNode> roots = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<Path, String> problems = new HashMap<>();
    private final SchemaRegistry registry;

    SchemaCompiler(Collection<Path> files) {
        files.forEach(this::read);
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_PATH)
                .failFast(true) // Bounded: a list of a million wrong items would be a million errors.
                .build();
        registry = SchemaRegistry.withDefaultDialect(
                DEFAULT,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(loader -> loader.allow(iri -> isKnown(iri.toString()))
                                .resourceLoaders(resources -> resources.resources(texts))));
    }

    private boolean isKnown(String iri) {
        return texts.containsKey(iri) || iri.startsWith("http://" + DRAFTS) || iri.startsWith("https://" + DRAFTS);
    }

    private void read(Path file) {
        try {
            String text = Files.readString(file);
            JsonNode root = mapper.readTree(text);
            roots.put(file, root);
            texts.put(file.toUri().toString(), text);
            if (root.path("$id").isTextual()) {
                texts.putIfAbsent(root.get("$id").textValue(), text);
            }
        } catch (IOException e) {
            problems.put(file, e.getMessage());
        }
    }

    /**
     * The schema in a file.
     *
     * @throws IllegalArgumentException when there is none
     */
    Schema compile(Path file) {
        JsonNode root = roots.get(file);
        if (root == null) {
            throw new IllegalArgumentException(problems.get(file));
        }
        List<Error> errors = draft(root).validate(root);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.get(0).toString());
        }
        Schema schema = registry.getSchema(SchemaLocation.of(file.toUri().toString()), root);
        schema.initializeValidators();
        return schema;
    }

    /** The schema of schemas. */
    private Schema draft(JsonNode root) {
        String id = root.path("$schema").asText(DEFAULT.getDialectId());
        SpecificationVersion version = SpecificationVersion.fromDialectId(id)
                .or(() -> SpecificationVersion.fromDialectId(id.replaceFirst("#$", "")))
                .orElseThrow(() -> new IllegalArgumentException("unknown $schema " + id));
        return registry.getSchema(SchemaLocation.of(version.getDialectId()));
    }
}
