package io.kaufmann.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names in a schema's JSON, as Avro's specification makes full names of them. Not changed once it is made. */
final class SchemaNames {

    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");
    private static final Set<String> OTHERS = Set.of(
            "null", "boolean", "int", "long", "float", "double", "bytes", "string", "array", "map", "record", "error",
            "enum", "fixed");

    private final Set<String> defined = new LinkedHashSet<>();
    // What is named, by full name, as it is written.
    private final Map<String, String> used = new LinkedHashMap<>();
    private Optional<String> top = Optional.empty();

    private SchemaNames() {}

    static SchemaNames in(JsonNode schema) {
        SchemaNames names = new SchemaNames();
        names.type(schema, "");
        if (isNamed(schema)) {
            names.top = names.defined.stream().findFirst();
        }
        return names;
    }

    /** The full name of the schema itself; empty when it has none, as a union or an array. */
    Optional<String> top() {
        return top;
    }

    /** The full names of all types that it defines, at whatever depth. */
    Set<String> defined() {
        return defined;
    }

    /** The full names of the types that it names and does not define, each with how it is written first. */
    Map<String, String> foreign() {
        Map<String, String> foreign = new LinkedHashMap<>(used);
        foreign.keySet().removeAll(defined);
        // Avro takes a name that its namespace does not have for one without a namespace.
        foreign.values().removeIf(written -> written.indexOf('.') < 0 && defined.contains(written));
        return foreign;
    }

    private void type(JsonNode node, String namespace) {
        if (node.isTextual()) {
            use(node.asText(), namespace);
        } else if (node.isArray()) {
            node.forEach(branch -> type(branch, namespace));
        } else if (isNamed(node)) {
            named(node, namespace);
        } else if (node.isObject()) {
            type(node.path("type"), namespace);
            type(node.path("items"), namespace);
            type(node.path("values"), namespace);
        }
    }

    private void named(JsonNode node, String namespace) {
        String name = node.get("name").asText();
        String own = node.path("namespace").asText(namespace);
        String fullName = fullName(name, own);
        defined.add(fullName);
        String within = fullName.contains(".") ? fullName.substring(0, fullName.lastIndexOf('.')) : "";
        node.path("fields").forEach(field -> type(field.path("type"), within));
    }

    private void use(String name, String namespace) {
        if (!OTHERS.contains(name)) {
            used.putIfAbsent(fullName(name, namespace), name);
        }
    }

    private static boolean isNamed(JsonNode node) {
        return node.path("name").isTextual() && NAMED.contains(node.path("type").asText());
    }

    private static String fullName(String name, String namespace) {
        return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + '.' + name;
    }
}
