package io.kaufmann.task;

import io.kaufmann.schema.CompatibilityLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Compares schemas with those of another revision's files. */
final class FileComparison {

    private final SchemaSet before;
    private final CompatibilityLevel level;

    FileComparison(SchemaSet before, CompatibilityLevel level) {
        this.before = before;
        this.level = level;
    }

    SchemaReport report(SchemaSet set) {
        Map<String, SchemaOutcome> outcomes = new TreeMap<>();
        before.prepared().forEach(old -> outcomes.put(old.subject(), removed(old)));
        set.unusable().forEach(outcome -> outcomes.put(outcome.subject(), outcome));
        set.prepared().forEach(schema -> outcomes.put(schema.subject(), compare(schema)));
        return new SchemaReport(List.copyOf(outcomes.values()), Optional.empty());
    }

    private SchemaOutcome compare(PreparedSchema schema) {
        Optional<PreparedSchema> old = before.find(schema.subject());
        if (old.isEmpty()) {
            return before.unusable().stream()
                    .filter(outcome -> outcome.subject().equals(schema.subject()))
                    .findFirst()
                    .map(unusable -> of(
                            schema,
                            SchemaStatus.NEW_VERSION,
                            List.of("Warning: nothing to compare with, since the older file is not usable: "
                                    + String.join("; ", unusable.messages()))))
                    .orElseGet(() -> of(schema, SchemaStatus.NEW, List.of()));
        }
        if (old.get().whole().equals(schema.whole())) {
            return of(schema, SchemaStatus.UNCHANGED, List.of());
        }
        List<String> violations = AvroRules.violations(
                level, Map.of(old.get().source().place(), old.get().schema()), schema.schema());
        return of(schema, violations.isEmpty() ? SchemaStatus.NEW_VERSION : SchemaStatus.INCOMPATIBLE, violations);
    }

    private static SchemaOutcome removed(PreparedSchema old) {
        return new SchemaOutcome(
                old.subject(),
                old.source().file(),
                SchemaStatus.REMOVED,
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of("It is no longer among the files. A registry keeps it all the same, and so do the events that"
                        + " were written with it"));
    }

    private static SchemaOutcome of(PreparedSchema schema, SchemaStatus status, List<String> messages) {
        return RegistryRun.outcome(schema, status, OptionalInt.empty(), OptionalInt.empty(), messages);
    }
}
