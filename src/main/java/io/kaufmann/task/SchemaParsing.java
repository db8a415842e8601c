package io.kaufmann.task;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** Parses one schema together with those it names. One thread's. */
final class SchemaParsing {

    private static final Pattern QUOTED = Pattern.compile("[\"'<]([^\"'<>]+)[\"'>]|: ([\\w.]+)$");

    private final SchemaSource source;
    private final Map<String, PreparedSchema> types;
    private final Map<String, PreparedSchema> bySubject;

    /**
     * For one schema.
     *
     * @param source the schema
     * @param types those it names, by full name
     * @param bySubject all that are prepared already
     */
    SchemaParsing(SchemaSource source, Map<String, PreparedSchema> types, Map<String, PreparedSchema> bySubject) {
        this.source = source;
        this.types = types;
        this.bySubject = bySubject;
    }

    /**
     * Parses it.
     *
     * @throws InvalidSchemaException when it is none
     */
    PreparedSchema prepare(SchemaChoices choices) {
        Schema schema = parse();
        if (choices.form() == MetadataForm.REFERENCE) {
            requireParsesAfterOthers();
        } else {
            requireStandsAlone(schema);
        }
        Map<String, String> dependencies = new LinkedHashMap<>();
        types.forEach((name, type) -> dependencies.put(name, type.subject()));
        return new PreparedSchema(source, schema, dependencies, SchemaWarnings.of(source, schema, choices));
    }

    private Schema parse() {
        Schema.Parser parser = parser();
        parser.addTypes(types.values().stream().map(PreparedSchema::schema).toList());
        try {
            return parser.parse(source.text());
        } catch (RuntimeException e) {
            throw new InvalidSchemaException(place(e) + ": this is no Avro schema: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new InvalidSchemaException(source.place() + " is nested too deep to be read");
        }
    }

    private void requireStandsAlone(Schema schema) {
        try {
            // Where two types have one name, the text has only one of them.
            if (parser().parse(schema.toString()).equals(schema)) {
                return;
            }
        } catch (RuntimeException e) {
            throw clash(e.getMessage());
        }
        Set<PreparedSchema> others = new LinkedHashSet<>();
        types.values().forEach(type -> collect(type, others));
        throw clash("these stand there twice, and differ: "
                + others.stream()
                        .flatMap(other -> other.source().names().defined().stream())
                        .filter(source.names().defined()::contains)
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    private InvalidSchemaException clash(String what) {
        return new InvalidSchemaException(source.place()
                + ": with the types of other files written into it, it is no schema any more: " + what
                + ". Give types that differ names, or namespaces, that differ");
    }

    // As registries do it: all that it refers to, and then the schema itself, with one parser.
    private void requireParsesAfterOthers() {
        Schema.Parser parser = parser();
        Set<PreparedSchema> before = new LinkedHashSet<>();
        types.values().forEach(type -> collect(type, before));
        try {
            before.forEach(type -> parser.parse(type.source().text()));
            parser.parse(source.text());
        } catch (RuntimeException e) {
            throw new InvalidSchemaException(source.place()
                    + ": together with the schemas that it refers to it is no schema: " + e.getMessage()
                    + ". Give the types names, or namespaces, that differ; or inline them");
        }
    }

    private void collect(PreparedSchema type, Set<PreparedSchema> before) {
        type.dependencies().values().forEach(subject -> collect(bySubject.get(subject), before));
        before.add(type);
    }

    private String place(RuntimeException e) {
        Matcher quoted = QUOTED.matcher(String.valueOf(e.getMessage()));
        while (quoted.find()) {
            String value = Optional.ofNullable(quoted.group(1)).orElse(quoted.group(2));
            if (SchemaJson.position(source.text(), value).isPresent()) {
                return source.place(value);
            }
        }
        return source.place();
    }

    /** A parser that takes whatever the service takes: other languages check names and defaults less strictly. */
    static Schema.Parser parser() {
        return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    }
}
