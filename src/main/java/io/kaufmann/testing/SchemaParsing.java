package io.kaufmann.testing;

import io.kaufmann.schema.SchemaReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Parses a schema together with those it refers to, and writes its own text the one way that equal schemas share. */
final class SchemaParsing {

    /**
     * A parsed schema.
     *
     * @param text its own text, without the types it refers to
     * @param schema all of it
     */
    record Parsed(String text, Schema schema) {}

    private final Function<SchemaReference, StoredSchema> store;

    SchemaParsing(Function<SchemaReference, StoredSchema> store) {
        this.store = store;
    }

    Parsed parse(String text, List<SchemaReference> references) {
        try {
            Schema.Parser parser = new Schema.Parser();
            parseReferences(references, parser, new HashSet<>(), new HashSet<>());
            Schema schema = parser.parse(text);
            // Avro would write the referenced types into the text, which is why it is only made compact then.
            return new Parsed(
                    references.isEmpty()
                            ? schema.toString()
                            : RegistryJson.parse(text).toString(),
                    schema);
        } catch (RegistryProblem e) {
            throw new RegistryProblem(RegistryProblem.INVALID_SCHEMA, "Invalid reference: " + e.getMessage());
        } catch (RuntimeException e) {
            throw new RegistryProblem(RegistryProblem.INVALID_SCHEMA, "Invalid schema: " + e.getMessage());
        }
    }

    // Of two versions under one name the first counts, as in Confluent's registry.
    private void parseReferences(
            List<SchemaReference> references, Schema.Parser parser, Set<Integer> seen, Set<String> names) {
        for (SchemaReference reference : references) {
            StoredSchema stored = store.apply(reference);
            if (!names.contains(reference.name()) && seen.add(stored.id())) {
                names.add(reference.name());
                parseReferences(stored.references(), parser, seen, names);
                parser.parse(stored.text());
            }
        }
    }
}
