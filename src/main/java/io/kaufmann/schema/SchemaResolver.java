package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Turns a registry's JSON into an Avro schema, together with the schemas that it refers to. Thread-safe. */
final class SchemaResolver {

    private final String location;
    private final Function<SchemaReference, JsonNode> fetch;
    private final Duration longest;

    /**
     * For one registry.
     *
     * @param location where it is, for messages
     * @param fetch gets the JSON of a referenced schema
     * @param longest after so long no further schema is fetched for one that refers to it
     */
    SchemaResolver(String location, Function<SchemaReference, JsonNode> fetch, Duration longest) {
        this.location = location;
        this.fetch = fetch;
        this.longest = longest;
    }

    /**
     * Parses an answer that has a schema in it.
     *
     * @param what what the answer is, for messages: {@code schema id 17}
     * @param answer the registry's JSON
     * @throws UnsupportedSchemaException when it is not Avro, cannot be parsed, or is larger than anything that is read
     * @throws RegistryUnavailableException when what it refers to could not be read, or not in time
     */
    Schema resolve(String what, JsonNode answer) {
        return new SchemaResolution(location, fetch, longest).resolve(what, answer);
    }

    /** What a registry's answer says of the schemas that it refers to. */
    static List<SchemaReference> references(JsonNode answer) {
        List<SchemaReference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            references.add(new SchemaReference(
                    reference.path("name").asText(),
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return references;
    }
}
