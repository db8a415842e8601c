package io.kaufmann.schema;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * A schema as a registry knows it. Immutable and thread-safe.
 *
 * @param id the registry-wide id that stands in each frame, or {@link #NO_ID}
 * @param subject the subject it was asked under; empty when it was asked for by id alone
 * @param version the subject's version, from 1; empty when it was asked for by id alone, or registered a moment ago in a
 *     registry that does not show the version yet
 * @param schema the parsed schema
 */
public record RegisteredSchema(int id, Optional<String> subject, OptionalInt version, Schema schema) {

    /** The {@link #id()} of a schema that was asked for by GUID, where the registry does not tell the id. */
    public static final int NO_ID = -1;

    /** Checks that no part is null. */
    public RegisteredSchema {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(schema, "schema");
    }
}
