package io.kaufmann.task;

import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaReference;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Goes through schemas in their order, with a registry: compares each, and registers it if it may. One thread's, used once. */
final class RegistryRun {

    private final SchemaRegistry registry;
    private final RegistryComparison comparison;
    private final MetadataForm form;
    private final boolean writes;
    private final Map<String, SchemaOutcome> outcomes = new TreeMap<>();
    private Optional<String> problem = Optional.empty();
    private Set<String> subjects = Set.of();

    RegistryRun(SchemaRegistry registry, MetadataForm form, boolean writes) {
        this.registry = registry;
        this.comparison = new RegistryComparison(registry);
        this.form = form;
        this.writes = writes;
    }

    SchemaReport run(SchemaSet set) {
        set.unusable().forEach(outcome -> outcomes.put(outcome.subject(), outcome));
        boolean goesOn = set.unusable().isEmpty() || !writes;
        if (goesOn) {
            connect();
        } else {
            problem = Optional.of("Nothing was registered, since not all schemas are usable. Mend those first");
        }
        set.prepared().forEach(schema -> outcomes.put(schema.subject(), outcome(schema)));
        return new SchemaReport(List.copyOf(outcomes.values()), problem);
    }

    /** One request before all others: when it fails, the same message for each schema would help nobody. */
    private void connect() {
        try {
            subjects = Set.copyOf(registry.subjects());
        } catch (SchemaRegistryException e) {
            problem = Optional.of(e.getMessage());
        }
    }

    private SchemaOutcome outcome(PreparedSchema schema) {
        if (problem.isPresent()) {
            return of(schema, SchemaStatus.NOT_TRIED, List.of());
        }
        if (schema.refers(form)) {
            List<String> lost = schema.dependencies().values().stream()
                    .filter(subject -> !outcomes.get(subject).status().isWell())
                    .toList();
            if (!lost.isEmpty()) {
                return of(
                        schema,
                        SchemaStatus.NOT_TRIED,
                        List.of("It refers to " + String.join(", ", lost) + ": see there"));
            }
        }
        try {
            return judge(schema);
        } catch (RegistryUnavailableException e) {
            stopUnlessItAnswers();
            return of(schema, SchemaStatus.FAILED, List.of(e.getMessage()));
        } catch (SchemaRegistryException | UnsupportedOperationException e) {
            return of(schema, SchemaStatus.FAILED, List.of(e.getMessage()));
        }
    }

    // It may be this one subject only, which the credentials do not reach.
    private void stopUnlessItAnswers() {
        try {
            registry.subjects();
        } catch (SchemaRegistryException e) {
            problem =
                    Optional.of("The registry has stopped answering, so the others were not tried. " + e.getMessage());
        }
    }

    private SchemaOutcome judge(PreparedSchema schema) {
        Optional<List<SchemaReference>> references = references(schema);
        if (!subjects.contains(schema.subject())) {
            return write(schema, references, SchemaStatus.NEW);
        }
        Optional<RegisteredSchema> known = references.flatMap(list -> lookUp(schema, list));
        if (known.isPresent()) {
            return of(schema, SchemaStatus.UNCHANGED, known.get(), notNewest(schema.subject(), known.get()));
        }
        List<String> violations = comparison.violations(schema);
        return violations.isEmpty()
                ? write(schema, references, SchemaStatus.NEW_VERSION)
                : of(schema, SchemaStatus.INCOMPATIBLE, violations);
    }

    private SchemaOutcome write(
            PreparedSchema schema, Optional<List<SchemaReference>> references, SchemaStatus status) {
        if (!writes) {
            return of(schema, status, List.of());
        }
        if (references.isEmpty()) {
            return of(
                    schema,
                    SchemaStatus.FAILED,
                    List.of("The registry does not show yet which version a schema has that this one refers to. Do it"
                            + " again in a moment"));
        }
        RegisteredSchema registered = registry.register(schema.subject(), schema.text(form), references.get());
        return of(schema, status, registered, List.of());
    }

    private Optional<RegisteredSchema> lookUp(PreparedSchema schema, List<SchemaReference> references) {
        try {
            return Optional.of(registry.lookUp(schema.subject(), schema.text(form), references));
        } catch (SchemaNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Empty when one has no version yet, as long as nothing is written. */
    private Optional<List<SchemaReference>> references(PreparedSchema schema) {
        List<SchemaReference> references = new ArrayList<>();
        if (schema.refers(form)) {
            for (Map.Entry<String, String> type : schema.dependencies().entrySet()) {
                OptionalInt version = outcomes.get(type.getValue()).version();
                if (version.isEmpty()) {
                    return Optional.empty();
                }
                references.add(new SchemaReference(type.getKey(), type.getValue(), version.getAsInt()));
            }
        }
        return Optional.of(references);
    }

    private List<String> notNewest(String subject, RegisteredSchema known) {
        List<Integer> versions = registry.versions(subject);
        int newest = versions.isEmpty() ? 0 : versions.get(versions.size() - 1);
        return known.version().isPresent() && known.version().getAsInt() < newest
                ? List.of("Warning: the newest version is " + newest + ", and services write with that one. The file is"
                        + " older; bring it up to date, or change it")
                : List.of();
    }

    private static SchemaOutcome of(PreparedSchema schema, SchemaStatus status, List<String> messages) {
        return outcome(schema, status, OptionalInt.empty(), OptionalInt.empty(), messages);
    }

    private static SchemaOutcome of(
            PreparedSchema schema, SchemaStatus status, RegisteredSchema registered, List<String> messages) {
        return outcome(schema, status, registered.version(), OptionalInt.of(registered.id()), messages);
    }

    static SchemaOutcome outcome(
            PreparedSchema schema, SchemaStatus status, OptionalInt version, OptionalInt id, List<String> messages) {
        List<String> all = new ArrayList<>(messages);
        all.addAll(schema.warnings());
        return new SchemaOutcome(schema.subject(), schema.source().file(), status, version, id, all);
    }
}
