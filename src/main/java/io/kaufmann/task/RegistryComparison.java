package io.kaufmann.task;

import io.kaufmann.schema.Compatibility;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRejectedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Whether a schema may follow those that a registry has. It only asks. Thread-safe. */
final class RegistryComparison {

    private static final String WHOLE_SCHEMA = "{oldSchema:";

    private final SchemaRegistry registry;

    RegistryComparison(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** The registry's explanations, or Avro's where it has none; empty when the schema may follow. */
    List<String> violations(PreparedSchema schema) {
        Compatibility answer;
        try {
            // Written out, since what it refers to may not be there yet; it means the same.
            answer = registry.checkCompatibility(schema.subject(), schema.whole());
        } catch (SchemaRejectedException e) {
            // Apicurio does not compare with a version that refers to others.
            return compare(schema);
        }
        return answer.compatible() ? List.of() : explanations(answer, schema);
    }

    private List<String> explanations(Compatibility answer, PreparedSchema schema) {
        List<String> messages = answer.messages().stream()
                .filter(message -> !message.startsWith(WHOLE_SCHEMA) && !message.isBlank())
                .toList();
        if (!messages.isEmpty()) {
            return messages;
        }
        List<String> own = compare(schema);
        return own.isEmpty() ? List.of("The registry says that it may not follow, and does not say why") : own;
    }

    private List<String> compare(PreparedSchema schema) {
        CompatibilityLevel level = level(schema.subject());
        Map<String, Schema> before = new LinkedHashMap<>();
        List<Integer> versions = registry.versions(schema.subject());
        int from = level.name().endsWith("_TRANSITIVE") ? 0 : Math.max(0, versions.size() - 1);
        for (int version : versions.subList(from, versions.size())) {
            RegisteredSchema registered = registry.version(schema.subject(), version);
            before.put("version " + version, registered.schema());
        }
        return AvroRules.violations(level, before, schema.schema());
    }

    private CompatibilityLevel level(String subject) {
        try {
            return registry.settings()
                    .level(subject)
                    // Apicurio says NONE of a subject without a level of its own.
                    .filter(level -> level != CompatibilityLevel.NONE)
                    .orElseGet(() -> registry.settings().level());
        } catch (UnsupportedOperationException e) {
            return CompatibilityLevel.BACKWARD;
        }
    }
}
