package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/**
 * One schema on its way from a registry's JSON to Avro's form, with all those it refers to. Whoever registers schemas
 * chooses the references, so they are bounded in number, in depth, in size and in time. Of the calling thread only.
 */
final class SchemaResolution {

    static final int MOST_REFERENCES = 500;
    static final int DEEPEST_REFERENCE = 50;

    /** A reference's target, whatever name it is referred to by. */
    private record Place(String subject, int version) {}

    private final String location;
    private final Function<SchemaReference, JsonNode> fetch;
    private final Duration longest;
    private final long start = System.nanoTime();
    private final Schema.Parser parser = SchemaTexts.parser();
    private final Set<String> names = new HashSet<>();
    private final Set<Place> parsed = new HashSet<>();
    private final Set<Place> path = new LinkedHashSet<>();
    private int characters;
    private int types;

    SchemaResolution(String location, Function<SchemaReference, JsonNode> fetch, Duration longest) {
        this.location = location;
        this.fetch = fetch;
        this.longest = longest;
    }

    Schema resolve(String what, JsonNode answer) {
        parseReferences(what, answer);
        Schema schema = parse(what, answer);
        try {
            SchemaLimits.check(schema);
        } catch (IllegalArgumentException e) {
            throw unsupported(what, e.getMessage(), e);
        }
        return schema;
    }

    // Depth first, each once: a parser takes no type before those it names, and none twice. Of two versions under one
    // name,
    // as they come when two schemas were written at different times, the first counts, as it does for the registries.
    private void parseReferences(String what, JsonNode answer) {
        for (SchemaReference reference : SchemaResolver.references(answer)) {
            Place place = new Place(reference.subject(), reference.version());
            requireBounded(what, place);
            if (!parsed.contains(place) && !names.contains(reference.name())) {
                requireTime(what);
                path.add(place);
                String step = what + ", reference " + SchemaTexts.quote(reference.name()) + " (subject "
                        + SchemaTexts.quote(reference.subject()) + " version " + reference.version() + ")";
                JsonNode referenced = fetch.apply(reference);
                parseReferences(path.size() > 3 ? what : step, referenced);
                parse(step, referenced);
                path.remove(place);
                parsed.add(place);
                if (!reference.name().isEmpty()) {
                    names.add(reference.name());
                }
            }
        }
    }

    // Each request has its own limit, but those of some hundred would add up.
    private void requireTime(String what) {
        if (System.nanoTime() - start >= longest.toNanos()) {
            throw new RegistryUnavailableException(
                    "Cannot read " + what + " at schema registry " + location
                            + ": the schemas that it refers to were not"
                            + " all read within " + longest.toMillis() + " ms, only " + parsed.size()
                            + " of them. Check why the registry is so slow.",
                    null);
        }
    }

    private void requireBounded(String what, Place next) {
        if (path.contains(next)) {
            throw unsupported(
                    what,
                    "its references go in a circle through subject " + SchemaTexts.quote(next.subject()) + " version "
                            + next.version(),
                    null);
        }
        if (path.size() >= DEEPEST_REFERENCE || parsed.size() + path.size() >= MOST_REFERENCES) {
            throw unsupported(
                    what,
                    "it refers to more than " + MOST_REFERENCES + " schemas, or to one through more than "
                            + DEEPEST_REFERENCE + " others",
                    null);
        }
    }

    private Schema parse(String what, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw unsupported(
                    what,
                    "its type is " + SchemaTexts.quote(type) + ", and only AVRO can be read here. Check the subject's"
                            + " name, or give the topic another transcoder",
                    null);
        }
        String text = answer.path("schema").asText();
        characters += Math.min(text.length(), SchemaLimits.MOST_CHARACTERS);
        if (characters > SchemaLimits.MOST_CHARACTERS) {
            throw unsupported(
                    what,
                    "with what it refers to it has more than " + SchemaLimits.MOST_CHARACTERS + " characters",
                    null);
        }
        try {
            types += SchemaLimits.check(text);
            if (types > SchemaLimits.MOST_TYPES) {
                throw new IllegalArgumentException(
                        "with what it refers to it defines more than " + SchemaLimits.MOST_TYPES + " types");
            }
            return SchemaTexts.parse(parser, text);
        } catch (RuntimeException e) {
            throw unsupported(what, "Avro cannot parse it: " + SchemaTexts.quote(String.valueOf(e.getMessage())), e);
        }
    }

    private UnsupportedSchemaException unsupported(String what, String why, Throwable cause) {
        return new UnsupportedSchemaException(
                "Cannot use " + what + " of schema registry " + location + ": " + why + ".", cause);
    }
}
