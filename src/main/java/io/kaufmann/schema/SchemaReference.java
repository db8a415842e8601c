package io.kaufmann.schema;

import java.util.Objects;

/**
 * Where a schema finds a type that it names without defining it. Immutable and thread-safe.
 *
 * @param name the full name of the type, as the schema writes it
 * @param subject the subject that holds the type's own schema
 * @param version that subject's version, from 1
 */
public record SchemaReference(String name, String subject, int version) {

    /** Checks that no part is null. */
    public SchemaReference {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subject, "subject");
    }
}
