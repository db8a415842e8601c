package io.kaufmann.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.kaufmann.schema.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request to the development registry, taken apart.
 *
 * @param path what stood in the places of the route's path that were left open, decoded
 * @param query the query's parameters
 * @param body the JSON that was sent; missing when there was none
 */
record RegistryCall(List<String> path, Map<String, String> query, JsonNode body) {

    /** The first open place, which is a subject in all routes that have one. */
    String subject() {
        return path.get(0);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(query.get(name));
    }

    /** The Avro schema that was sent, as text. */
    String schema() {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryProblem(
                    RegistryProblem.INVALID_SCHEMA, "Invalid schema type " + type + ": this registry has AVRO only");
        }
        if (!body.path("schema").isTextual()) {
            throw new RegistryProblem(RegistryProblem.INVALID_SCHEMA, "Empty schema");
        }
        return body.path("schema").textValue();
    }

    List<SchemaReference> references() {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : body.path("references")) {
            references.add(new SchemaReference(
                    reference.path("name").asText(),
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return references;
    }
}
