package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Turns a registry's JSON into an Avro schema, together with the schemas that it refers to. */
final class SchemaResolver {

    private final String location;
    private final Function<SchemaReference, JsonNode> fetch;

    /**
     * For one registry.
     *
     * @param location where it is, for messages
     * @param fetch gets the JSON of a referenced schema
     */
    SchemaResolver(String location, Function<SchemaReference, JsonNode> fetch) {
        this.location = location;
        this.fetch = fetch;
    }

    /**
     * Parses an answer that has a schema in it.
     *
     * @param what what the answer is, for messages: {@code schema id 17}
     * @param answer the registry's JSON
     * @throws UnsupportedSchemaException when it is not Avro or cannot be parsed
     */
    Schema resolve(String what, JsonNode answer) {
        Schema.Parser parser = SchemaTexts.parser();
        parseReferences(what, answer, parser, new HashSet<>());
        return parse(what, answer, parser);
    }

    // Depth first, each once: a parser takes no type before those it names, and none twice.
    private void parseReferences(String what, JsonNode answer, Schema.Parser parser, Set<SchemaReference> seen) {
        for (SchemaReference reference : references(answer)) {
            if (seen.add(new SchemaReference("", reference.subject(), reference.version()))) {
                String step = what + ", reference " + SchemaTexts.quote(reference.name()) + " (subject "
                        + SchemaTexts.quote(reference.subject()) + " version " + reference.version() + ")";
                JsonNode referenced = fetch.apply(reference);
                parseReferences(step, referenced, parser, seen);
                parse(step, referenced, parser);
            }
        }
    }

    private Schema parse(String what, JsonNode answer, Schema.Parser parser) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnsupportedSchemaException(
                    "Cannot use " + what + " of schema registry " + location + ": its type is "
                            + SchemaTexts.quote(type) + ", and only AVRO can be read here. Check the subject's name, or"
                            + " give the topic another transcoder.",
                    null);
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (RuntimeException e) {
            throw new UnsupportedSchemaException(
                    "Cannot use " + what + " of schema registry " + location + ": Avro cannot parse it: "
                            + SchemaTexts.quote(String.valueOf(e.getMessage())) + ".",
                    e);
        }
    }

    private static List<SchemaReference> references(JsonNode answer) {
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
