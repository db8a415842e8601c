package io.kaufmann.task;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings schemas into an order in which each comes after those it names, and parses them. One thread's, used once. */
final class SchemaPreparation {

    private final SchemaProviders providers;
    private final SchemaChoices choices;
    // By subject, in the order in which they were understood.
    private final Map<String, PreparedSchema> prepared = new LinkedHashMap<>();
    private final Map<String, SchemaOutcome> unusable = new LinkedHashMap<>();
    // From the schema that was asked for down to the one at hand: a second visit closes a cycle.
    private final Set<SchemaSource> path = new LinkedHashSet<>();

    SchemaPreparation(SchemaProviders providers, SchemaChoices choices) {
        this.providers = providers;
        this.choices = choices;
    }

    /** Those that can be registered. What the library ships is among them where others refer to it. */
    List<PreparedSchema> prepared() {
        return prepared.values().stream()
                .filter(schema -> choices.form() == MetadataForm.REFERENCE
                        || schema.source().file().isPresent())
                .toList();
    }

    List<SchemaOutcome> unusable() {
        return List.copyOf(unusable.values());
    }

    /** Takes a schema in, after those it names. */
    void add(SchemaSource source) {
        if (isDone(source)) {
            return;
        }
        path.add(source);
        try {
            Map<String, SchemaSource> dependencies = providers.dependencies(source);
            dependencies.values().forEach(this::visit);
            if (!unusable.containsKey(source.subject())) {
                prepare(source, dependencies);
            }
        } catch (InvalidSchemaException e) {
            refuse(source, SchemaStatus.INVALID, e.getMessage());
        } finally {
            path.remove(source);
        }
    }

    private void visit(SchemaSource dependency) {
        if (path.contains(dependency)) {
            List<SchemaSource> cycle =
                    path.stream().dropWhile(step -> !step.equals(dependency)).toList();
            String round = Stream.concat(cycle.stream(), Stream.of(dependency))
                    .map(SchemaSource::place)
                    .collect(Collectors.joining(" -> "));
            cycle.forEach(step -> refuse(
                    step,
                    SchemaStatus.INVALID,
                    "The files name each other's types in a cycle: " + round
                            + ". No order of registration fits; put these types into one file"));
        } else {
            add(dependency);
        }
    }

    private void prepare(SchemaSource source, Map<String, SchemaSource> dependencies) {
        List<String> lost = dependencies.values().stream()
                .filter(dependency -> unusable.containsKey(dependency.subject()))
                .map(SchemaSource::place)
                .toList();
        if (!lost.isEmpty()) {
            refuse(source, SchemaStatus.NOT_TRIED, "It names a type of " + String.join(", ", lost) + ": see there");
            return;
        }
        Map<String, PreparedSchema> types = new LinkedHashMap<>();
        dependencies.forEach((name, dependency) -> types.put(name, prepared.get(dependency.subject())));
        prepared.put(source.subject(), new SchemaParsing(source, types, prepared).prepare(choices));
    }

    private void refuse(SchemaSource source, SchemaStatus status, String why) {
        unusable.putIfAbsent(
                source.subject(),
                new SchemaOutcome(
                        source.subject(),
                        source.file(),
                        status,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(why)));
    }

    private boolean isDone(SchemaSource source) {
        return prepared.containsKey(source.subject()) || unusable.containsKey(source.subject());
    }
}
