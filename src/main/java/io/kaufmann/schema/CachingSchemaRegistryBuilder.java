package io.kaufmann.schema;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Settings of a {@link CachingSchemaRegistry}. Not thread-safe; what it builds is. */
public final class CachingSchemaRegistryBuilder {

    private final SchemaRegistry registry;
    private Duration latestFor = CacheLimits.DEFAULT.latestFor();
    private Duration notFoundFor = CacheLimits.DEFAULT.notFoundFor();
    private Duration unavailableFor = CacheLimits.DEFAULT.unavailableFor();
    private int maxEntries = CacheLimits.DEFAULT.maxEntries();
    private LongSupplier clock = System::nanoTime;

    CachingSchemaRegistryBuilder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * How long a subject's newest version is taken for the newest, 10 minutes by default.
     *
     * @param time zero or more
     * @return this
     */
    public CachingSchemaRegistryBuilder latestFor(Duration time) {
        this.latestFor = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * How long an id or subject that the registry does not have, or that cannot be used, is not asked for again, 5 s by
     * default.
     *
     * @param time zero or more
     * @return this
     */
    public CachingSchemaRegistryBuilder notFoundFor(Duration time) {
        this.notFoundFor = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * How long an id or subject is not asked for again after the registry gave no answer, 500 ms by default.
     *
     * @param time zero or more
     * @return this
     */
    public CachingSchemaRegistryBuilder unavailableFor(Duration time) {
        this.unavailableFor = Objects.requireNonNull(time, "time");
        return this;
    }

    /**
     * How many ids, and how many subjects, are kept, 10,000 by default.
     *
     * @param entries 1 or more
     * @return this
     */
    public CachingSchemaRegistryBuilder maxEntries(int entries) {
        this.maxEntries = entries;
        return this;
    }

    /**
     * What tells the time, {@link System#nanoTime()} by default.
     *
     * @param nanoseconds counts nanoseconds from any start; asked by many threads
     * @return this
     */
    public CachingSchemaRegistryBuilder clock(LongSupplier nanoseconds) {
        this.clock = Objects.requireNonNull(nanoseconds, "nanoseconds");
        return this;
    }

    /**
     * The cache, empty.
     *
     * @return the cache
     * @throws IllegalArgumentException when a setting is out of range
     */
    public CachingSchemaRegistry build() {
        return new CachingSchemaRegistry(
                registry, new CacheLimits(latestFor, notFoundFor, unavailableFor, maxEntries), clock);
    }
}
