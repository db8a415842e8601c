package io.kaufmann.testing;

import io.kaufmann.schema.Compatibility;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.Deletion;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistrySettings;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaReference;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SchemaRejectedException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A schema registry in this JVM's memory, for tests, with Confluent's rules: compatibility is {@code BACKWARD} unless set
 * otherwise, the same schema has the same id under all subjects. Thread-safe.
 *
 * <pre>{@code
 * InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
 * int id = registry.register("order.placed", schema).id();
 * }</pre>
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {

    private static final String LOCATION = "this JVM's memory";

    private final SchemaStore store = new SchemaStore();

    private final RegistrySettings settings = new InMemoryRegistrySettings(store);
    private final SchemaDeletion deletion = new SchemaDeletion(store);

    /** An empty registry. */
    public InMemorySchemaRegistry() {}

    @Override
    public RegisteredSchema byId(int id) {
        return call("schema id " + id, () -> alone(store.byId(id)));
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        return call("schema GUID '" + guid + "'", () -> alone(store.byGuid(guid.toLowerCase(Locale.ROOT))));
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return call("subject '" + subject + "'", () -> registered(store.newest(subject, false)));
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return call("subject '" + subject + "'", () -> registered(store.find(subject, version, false)));
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        return lookUp(subject, schema, List.of());
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema, List<SchemaReference> references) {
        return call("subject '" + subject + "'", () -> registered(store.lookUp(subject, schema, references, false)));
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return register(subject, schema, List.of());
    }

    @Override
    public RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return call("subject '" + subject + "'", () -> registered(store.register(subject, schema, references)));
    }

    @Override
    public List<String> subjects() {
        return store.subjects(false);
    }

    @Override
    public List<Integer> versions(String subject) {
        return call(
                "subject '" + subject + "'",
                () -> store.versions(subject, false).stream()
                        .map(StoredVersion::number)
                        .toList());
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        return checkCompatibility(subject, schema, List.of());
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema, List<SchemaReference> references) {
        List<String> violations = call(
                "subject '" + subject + "'", () -> store.violations(subject, schema, references, Optional.empty()));
        return new Compatibility(violations.isEmpty(), violations);
    }

    /**
     * Sets the level of all subjects that have none of their own.
     *
     * @param level the level
     */
    public void compatibility(CompatibilityLevel level) {
        store.rules().general(Objects.requireNonNull(level, "level"));
    }

    /**
     * Sets one subject's level.
     *
     * @param subject the subject
     * @param level the level
     */
    public void compatibility(String subject, CompatibilityLevel level) {
        store.rules().own(subject, Objects.requireNonNull(level, "level"));
    }

    /**
     * Deletes a subject softly: its schemas are still found by id.
     *
     * @param subject the subject
     * @throws SchemaNotFoundException when there is none
     */
    public void delete(String subject) {
        deleteSubject(subject, Deletion.SOFT);
    }

    @Override
    public List<Integer> deleteSubject(String subject, Deletion kind) {
        return call("subject '" + subject + "'", () -> {
            if (kind == Deletion.PERMANENT && store.subjects(false).contains(subject)) {
                deletion.subject(subject, false);
            }
            return deletion.subject(subject, kind == Deletion.PERMANENT);
        });
    }

    @Override
    public void deleteVersion(String subject, int version, Deletion kind) {
        call("subject '" + subject + "'", () -> {
            StoredVersion found = store.find(subject, version, true);
            if (kind == Deletion.PERMANENT && !found.deleted()) {
                deletion.version(found, false);
                found = found.softDeleted();
            }
            return deletion.version(found, kind == Deletion.PERMANENT);
        });
    }

    @Override
    public RegistrySettings settings() {
        return settings;
    }

    @Override
    public String location() {
        return LOCATION;
    }

    SchemaStore store() {
        return store;
    }

    private static RegisteredSchema alone(StoredSchema schema) {
        return new RegisteredSchema(schema.id(), Optional.empty(), OptionalInt.empty(), schema.schema());
    }

    private static RegisteredSchema registered(StoredVersion version) {
        return new RegisteredSchema(
                version.schema().id(),
                Optional.of(version.subject()),
                OptionalInt.of(version.number()),
                version.schema().schema());
    }

    private static <T> T call(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (RegistryProblem e) {
            String message =
                    "The registry in " + LOCATION + " answers for " + what + ": " + e.code() + ", " + e.getMessage();
            throw e.notFound() ? new SchemaNotFoundException(message) : new SchemaRejectedException(message);
        }
    }
}
