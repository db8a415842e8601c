package io.kaufmann.schema;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps another registry's answers. A schema id or GUID never changes its meaning, so it is kept until there is no more room; a
 * subject's newest version is kept for a time, and longer while the registry is down; that something could not be had is
 * remembered briefly. Threads that ask for the same at the same time share one request.
 *
 * <p>{@link #byId}, {@link #byGuid} and {@link #latest} take no lock when the answer is known. Everything else is passed on; what is
 * registered or deleted through this cache is seen by it at once, except that a schema which was read by its id or GUID is
 * kept after it was deleted. Thread-safe.
 */
public final class CachingSchemaRegistry implements SchemaRegistry {

    private final SchemaRegistry registry;
    private final SchemasById ids;
    private final SharedRequests<Integer> requests = new SharedRequests<>();
    private final RecentFailures<Integer> failures;
    private final LatestSchemas latest;
    private final SchemasByGuid guids;

    CachingSchemaRegistry(SchemaRegistry registry, CacheLimits limits, LongSupplier clock) {
        this.registry = registry;
        this.ids = new SchemasById(limits.maxEntries());
        this.failures = new RecentFailures<>(clock, limits.notFoundFor(), limits.unavailableFor());
        this.latest = new LatestSchemas(registry::latest, limits, clock);
        this.guids = new SchemasByGuid(registry::byGuid, limits, clock);
    }

    /**
     * A cache with the default limits: 10,000 ids, the newest version for 10 minutes, what is not there for 5 s, an
     * unavailable registry for 500 ms.
     *
     * @param registry the registry to ask
     * @return the cache
     */
    public static CachingSchemaRegistry of(SchemaRegistry registry) {
        return builder(registry).build();
    }

    /**
     * For other limits.
     *
     * @param registry the registry to ask
     * @return a builder
     */
    public static CachingSchemaRegistryBuilder builder(SchemaRegistry registry) {
        return new CachingSchemaRegistryBuilder(Objects.requireNonNull(registry, "registry"));
    }

    @Override
    public RegisteredSchema byId(int id) {
        RegisteredSchema schema = ids.get(id);
        return schema != null ? schema : requests.share(id, () -> request(id));
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        return guids.get(guid);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        return latest.get(subject);
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return registry.version(subject, version);
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        return registry.lookUp(subject, schema);
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema, List<SchemaReference> references) {
        return registry.lookUp(subject, schema, references);
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return registered(subject, () -> registry.register(subject, schema));
    }

    @Override
    public RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return registered(subject, () -> registry.register(subject, schema, references));
    }

    @Override
    public List<Integer> deleteSubject(String subject, Deletion deletion) {
        try {
            return registry.deleteSubject(subject, deletion);
        } finally {
            latest.changed(subject);
        }
    }

    @Override
    public void deleteVersion(String subject, int version, Deletion deletion) {
        try {
            registry.deleteVersion(subject, version, deletion);
        } finally {
            latest.changed(subject);
        }
    }

    @Override
    public List<String> subjects() {
        return registry.subjects();
    }

    @Override
    public List<Integer> versions(String subject) {
        return registry.versions(subject);
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        return registry.checkCompatibility(subject, schema);
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema, List<SchemaReference> references) {
        return registry.checkCompatibility(subject, schema, references);
    }

    @Override
    public RegistrySettings settings() {
        return registry.settings();
    }

    @Override
    public String location() {
        return registry.location();
    }

    @Override
    public String toString() {
        return "CachingSchemaRegistry[" + location() + "]";
    }

    private RegisteredSchema registered(String subject, Supplier<RegisteredSchema> registration) {
        try {
            RegisteredSchema registered = registration.get();
            // From here on it is found by its id, whatever is remembered or still on its way for that.
            ids.put(new RegisteredSchema(registered.id(), Optional.empty(), OptionalInt.empty(), registered.schema()));
            return registered;
        } finally {
            // After a failure too: the registry may have done it and the answer have been lost.
            latest.changed(subject);
            guids.registered();
        }
    }

    private RegisteredSchema request(int id) {
        // A request that ended between this thread's look at the cache and now has answered already.
        RegisteredSchema known = ids.get(id);
        if (known != null) {
            return known;
        }
        failures.rethrow(id);
        try {
            RegisteredSchema schema = registry.byId(id);
            ids.put(schema);
            return schema;
        } catch (SchemaRegistryException e) {
            failures.remember(id, e);
            throw e;
        }
    }
}
