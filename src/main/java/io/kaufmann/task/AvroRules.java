package io.kaufmann.task;

import io.kaufmann.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a compatibility level asks, by Avro's own comparison. */
final class AvroRules {

    private AvroRules() {}

    /**
     * What stands against a next schema.
     *
     * @param level what is asked; which of those before are concerned is the caller's to know
     * @param before those before it, by what to call them
     * @param next the next one
     * @return why it may not follow, a sentence each; empty when it may
     */
    static List<String> violations(CompatibilityLevel level, Map<String, Schema> before, Schema next) {
        List<String> violations = new ArrayList<>();
        before.forEach((name, schema) -> {
            if (level.name().startsWith("BACKWARD") || level.name().startsWith("FULL")) {
                compare(next, schema, "a reader with this schema cannot read events of " + name, violations);
            }
            if (level.name().startsWith("FORWARD") || level.name().startsWith("FULL")) {
                compare(schema, next, "a reader with " + name + " cannot read events of this schema", violations);
            }
        });
        return violations;
    }

    private static void compare(Schema reader, Schema writer, String meaning, List<String> violations) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> violations.add(found.getLocation() + ": "
                        + found.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + found.getMessage()
                        + " (" + meaning + ")"));
    }
}
