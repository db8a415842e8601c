package io.kaufmann.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which schema defines which type for the others. Not changed once it is made. */
final class SchemaProviders {

    private final Map<String, List<SchemaSource>> byType = new LinkedHashMap<>();
    private final SchemaFolders folders;

    SchemaProviders(SchemaFolders folders) {
        this.folders = folders;
        folders.sources().forEach(source -> source.names().top().ifPresent(type -> provide(type, source)));
        SchemaSource shipped = SchemaSource.shippedMetadata();
        String metadata = shipped.names().top().orElseThrow();
        if (!byType.containsKey(metadata) && !hasSubject(shipped.subject())) {
            provide(metadata, shipped);
        }
    }

    private boolean hasSubject(String subject) {
        return Stream.concat(
                        folders.sources().stream().map(SchemaSource::subject),
                        folders.invalid().stream().map(SchemaOutcome::subject))
                .anyMatch(subject::equals);
    }

    private void provide(String type, SchemaSource source) {
        byType.computeIfAbsent(type, name -> new ArrayList<>()).add(source);
    }

    /**
     * The schemas whose types this one names without defining them, by the types' full names.
     *
     * @throws InvalidSchemaException when nobody defines such a type, or several do
     */
    Map<String, SchemaSource> dependencies(SchemaSource source) {
        Map<String, SchemaSource> dependencies = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        source.names().foreign().forEach((fullName, written) -> {
            // As Avro does: a name that its namespace does not have may be one without a namespace.
            String name = byType.containsKey(fullName) ? fullName : written;
            List<SchemaSource> found = byType.getOrDefault(name, List.of());
            if (found.size() == 1) {
                dependencies.put(name, found.get(0));
            } else {
                problems.add(
                        source.place(written) + ": " + (found.isEmpty() ? missing(fullName) : ambiguous(name, found)));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSchemaException(String.join("; ", problems));
        }
        return dependencies;
    }

    private String missing(String type) {
        String inside = folders.sources().stream()
                .filter(source -> source.names().defined().contains(type))
                .map(SchemaSource::place)
                .collect(Collectors.joining(", "));
        if (!inside.isEmpty()) {
            return "it names the type " + type + ", which stands inside another one in " + inside
                    + ". Give it a file of its own";
        }
        String unread = folders.invalid().stream()
                .flatMap(outcome -> outcome.file().stream())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return "it names the type " + type + ", which no file defines"
                + (unread.isEmpty() ? ". Write a file for it, or correct the name" : ", unless it is " + unread);
    }

    private static String ambiguous(String type, List<SchemaSource> found) {
        return "it names the type " + type + ", which several files define: "
                + found.stream().map(SchemaSource::place).collect(Collectors.joining(", "))
                + ". Give them names of their own";
    }
}
