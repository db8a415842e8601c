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

    /**
     * The schema with this GUID, which is the same in all registries: Confluent 8 and later have them, and its clients
     * may write one to an event's headers. Registries need not tell the schema's id here: it may be
     * {@link RegisteredSchema#NO_ID}.
     *
     * @param guid 32 hexadecimal digits in the usual five groups
     * @throws SchemaNotFoundException when the registry has none with it, or has no GUIDs; as this does unless overridden
     */
    default RegisteredSchema byGuid(String guid) {
        throw new SchemaNotFoundException("Cannot read schema " + SchemaTexts.quote(guid) + ": the registry at "
                + location() + " has no look-up by GUID.");
    }

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

    /**
     * Like {@link #lookUp(String, String)} for a schema that names types of other subjects.
     *
     * @throws UnsupportedOperationException when this registry takes no references; as this does unless overridden
     */
    default RegisteredSchema lookUp(String subject, String schema, List<SchemaReference> references) {
        if (references.isEmpty()) {
            return lookUp(subject, schema);
        }
        throw SchemaTexts.notOffered(this, "references from one schema to another");
    }

    /**
     * Like {@link #register(String, String)} for a schema that names types of other subjects.
     *
     * @param references where each type that it names stands; what those refer to needs no mention
     * @throws UnsupportedOperationException when this registry takes no references; as this does unless overridden
     */
    default RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        if (references.isEmpty()) {
            return register(subject, schema);
        }
        throw SchemaTexts.notOffered(this, "references from one schema to another");
    }

    /**
     * Deletes a subject with all its versions.
     *
     * @return the versions that were deleted, ascending
     * @throws SchemaRejectedException when the schema of another subject refers to one of them
     * @throws UnsupportedOperationException when this registry deletes nothing; as this does unless overridden
     */
    default List<Integer> deleteSubject(String subject, Deletion deletion) {
        throw SchemaTexts.notOffered(this, "deletion");
    }

    /**
     * Deletes one version of a subject.
     *
     * @param version the version, from 1
     * @throws SchemaRejectedException when the schema of another subject refers to it
     * @throws UnsupportedOperationException when this registry deletes nothing; as this does unless overridden
     */
    default void deleteVersion(String subject, int version, Deletion deletion) {
        throw SchemaTexts.notOffered(this, "deletion");
    }

    /** All subjects, sorted. */
    List<String> subjects();

    /** The versions of a subject, ascending. */
    List<Integer> versions(String subject);

    /** Whether this schema (as Avro JSON text) could be registered under the subject, and if not, why. */
    Compatibility checkCompatibility(String subject, String schema);

    /**
     * Like {@link #checkCompatibility(String, String)} for a schema that names types of other subjects.
     *
     * @throws UnsupportedOperationException when this registry takes no references; as this does unless overridden
     */
    default Compatibility checkCompatibility(String subject, String schema, List<SchemaReference> references) {
        if (references.isEmpty()) {
            return checkCompatibility(subject, schema);
        }
        throw SchemaTexts.notOffered(this, "references from one schema to another");
    }

    /**
     * Its compatibility levels and modes.
     *
     * @throws UnsupportedOperationException when this registry has none; as this does unless overridden
     */
    default RegistrySettings settings() {
        throw SchemaTexts.notOffered(this, "settings");
    }

    /** Where this registry is, without credentials: for messages. */
    String location();
}
