package io.kaufmann.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names of the types that a schema's text defines itself, as Avro's specification makes full names of them. */
final class DefinedTypes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");

    private final Set<String> names = new LinkedHashSet<>();

    private DefinedTypes() {}

    /** The full names; empty for a text that is no JSON, which the parser will say. */
    static Set<String> in(String schema) {
        DefinedTypes types = new DefinedTypes();
        try {
            types.collect(JSON.readTree(schema), "");
        } catch (JsonProcessingException e) {
            return Set.of();
        }
        return types.names;
    }

    private void collect(JsonNode node, String namespace) {
        String within = namespace;
        if (node.path("name").isTextual() && NAMED.contains(node.path("type").asText())) {
            String name = node.get("name").asText();
            int dot = name.lastIndexOf('.');
            if (dot >= 0) {
                within = name.substring(0, dot);
            } else {
                within = node.path("namespace").asText(namespace);
                name = within.isEmpty() ? name : within + '.' + name;
            }
            names.add(name);
        }
        for (JsonNode part : node) {
            collect(part, within);
        }
    }
}
