package io.kaufmann.testing;

import io.kaufmann.schema.SchemaReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A registry's contents, by Confluent's rules: the same schema has the same id under all subjects, a soft deleted version
 * is still found by its id. Thread-safe: one lock, since this is for development.
 */
final class SchemaStore {

    private final CompatibilityRules rules = new CompatibilityRules();
    private final RegistryModes modes = new RegistryModes();
    // Guarded by this.
    private final Map<Integer, StoredSchema> byId = new HashMap<>();
    private final Map<String, SubjectVersions> subjects = new TreeMap<>();
    private final SchemaParsing parsing = new SchemaParsing(
            reference -> find(reference.subject(), reference.version(), true).schema());
    private int lastId;

    synchronized StoredVersion register(String subject, String text, List<SchemaReference> references) {
        SchemaParsing.Parsed parsed = parsing.parse(text, references);
        SubjectVersions versions = subjects.getOrDefault(subject, new SubjectVersions(subject));
        Optional<StoredVersion> known = same(parsed, references).flatMap(schema -> versions.with(schema, false));
        if (known.isPresent()) {
            return known.get();
        }
        modes.requireWritable(subject);
        List<String> violations =
                CompatibilityRules.violations(rules.of(subject), versions.all(false), parsed.schema());
        if (!violations.isEmpty()) {
            throw new RegistryProblem(
                    RegistryProblem.INCOMPATIBLE,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", compatibility " + rules.of(subject) + ", details: " + violations);
        }
        subjects.put(subject, versions);
        return versions.add(same(parsed, references).orElseGet(() -> keep(parsed, references)));
    }

    synchronized StoredVersion lookUp(String subject, String text, List<SchemaReference> references, boolean deleted) {
        SubjectVersions versions = versionsOf(subject, deleted);
        return same(parsing.parse(text, references), references)
                .flatMap(schema -> versions.with(schema, deleted))
                .orElseThrow(() -> new RegistryProblem(RegistryProblem.SCHEMA_NOT_FOUND, "Schema not found"));
    }

    synchronized StoredSchema byId(int id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(
                        () -> new RegistryProblem(RegistryProblem.SCHEMA_NOT_FOUND, "Schema " + id + " not found"));
    }

    synchronized StoredVersion find(String subject, int number, boolean deleted) {
        return versionsOf(subject, deleted)
                .number(number)
                .filter(version -> deleted || !version.deleted())
                .orElseThrow(() ->
                        new RegistryProblem(RegistryProblem.VERSION_NOT_FOUND, "Version " + number + " not found."));
    }

    synchronized StoredVersion newest(String subject, boolean deleted) {
        return versionsOf(subject, deleted).newest(deleted).orElseThrow(() -> subjectNotFound(subject));
    }

    synchronized List<StoredVersion> versions(String subject, boolean deleted) {
        return versionsOf(subject, deleted).all(deleted);
    }

    synchronized List<String> subjects(boolean deleted) {
        return subjects.entrySet().stream()
                .filter(entry -> entry.getValue().newest(deleted).isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Where a schema stands, by subject and version. */
    synchronized List<StoredVersion> places(Predicate<StoredSchema> wanted, boolean deleted) {
        List<StoredVersion> places = new ArrayList<>();
        subjects.values().forEach(versions -> places.addAll(versions.all(deleted)));
        places.removeIf(version -> !wanted.test(version.schema()));
        return places;
    }

    /** What stands against registering a schema: for the subject's level, or beside one version only. */
    synchronized List<String> violations(
            String subject, String text, List<SchemaReference> references, Optional<StoredVersion> beside) {
        List<StoredVersion> before = beside.map(List::of)
                .orElseGet(() -> Optional.ofNullable(subjects.get(subject))
                        .map(versions -> versions.all(false))
                        .orElse(List.of()));
        return CompatibilityRules.violations(
                rules.of(subject), before, parsing.parse(text, references).schema());
    }

    synchronized StoredSchema byGuid(String guid) {
        return byId.values().stream()
                .filter(schema -> schema.guid().equals(guid))
                .findAny()
                .orElseThrow(
                        () -> new RegistryProblem(RegistryProblem.SCHEMA_NOT_FOUND, "Schema " + guid + " not found"));
    }

    CompatibilityRules rules() {
        return rules;
    }

    RegistryModes modes() {
        return modes;
    }

    synchronized void softDelete(StoredVersion version) {
        subjects.get(version.subject()).softDelete(version);
    }

    synchronized void remove(StoredVersion version) {
        SubjectVersions versions = subjects.get(version.subject());
        versions.remove(version);
        if (versions.isEmpty()) {
            subjects.remove(version.subject());
            rules.forget(version.subject());
            modes.forget(version.subject());
        }
        if (places(schema -> schema.id() == version.schema().id(), true).isEmpty()) {
            byId.remove(version.schema().id());
        }
    }

    private StoredSchema keep(SchemaParsing.Parsed parsed, List<SchemaReference> references) {
        StoredSchema schema = new StoredSchema(++lastId, parsed.text(), List.copyOf(references), parsed.schema());
        byId.put(schema.id(), schema);
        return schema;
    }

    private Optional<StoredSchema> same(SchemaParsing.Parsed parsed, List<SchemaReference> references) {
        return byId.values().stream()
                .filter(schema -> schema.text().equals(parsed.text())
                        && schema.references().equals(references))
                .findAny();
    }

    private SubjectVersions versionsOf(String subject, boolean deleted) {
        SubjectVersions versions = subjects.get(subject);
        if (versions == null || versions.newest(deleted).isEmpty()) {
            throw subjectNotFound(subject);
        }
        return versions;
    }

    private static RegistryProblem subjectNotFound(String subject) {
        return new RegistryProblem(RegistryProblem.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
    }
}
