package io.kaufmann.schema;

import java.util.List;

/**
 * What Kaufmann asks of a schema registry: schemas by id and by subject, and the few calls that tools need to fill one.
 *
 * <p>Every call may block for a request and may be made by many threads at once. A call fails with
 * {@link SchemaNotFoundException} when the registry answered that there is no such schema, subject or version, with
 * {@link SchemaRejectedException} when it refused what was sent, with {@link UnsupportedSchemaException} when it has
 * something else there than an Avro schema, and with {@link RegistryUnavailableException} when it gave no usable answer:
 * that last one says nothing of the event that asked, and is worth trying again.
 */
public interface SchemaRegistry {

    /** The schema with this id, whatever subjects it stands under. */
    RegisteredSchema byId(int id);

    /** The newest version of a subject. */
    RegisteredSchema latest(String subject);

    /** One version of a subject, from 1. */
    RegisteredSchema version(String subject, int version);

    /** The registered version that equals this schema (as Avro JSON text), without registering anything. */
    RegisteredSchema lookUp(String subject, String schema);

    /**
     * Registers a schema (as Avro JSON text) as the subject's newest version; one that is there already is returned. The
     * version is empty when the registry gave the id but does not show the version yet.
     */
    RegisteredSchema register(String subject, String schema);

    /** All subjects, sorted. */
    List<String> subjects();

    /** The versions of a subject, ascending. */
    List<Integer> versions(String subject);

    /** Whether this schema (as Avro JSON text) could be registered under the subject, and if not, why. */
    Compatibility checkCompatibility(String subject, String schema);

    /** Where this registry is, without credentials: for messages. */
    String location();
}
