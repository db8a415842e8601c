package io.kaufmann.testing;

import io.kaufmann.schema.SchemaReference;
import java.util.List;
import java.util.function.Predicate;

/** Deletes by Confluent's rules: soft first, then for good, and never what another schema refers to. */
final class SchemaDeletion {

    private final SchemaStore store;

    SchemaDeletion(SchemaStore store) {
        this.store = store;
    }

    /** Deletes all versions and returns their numbers. */
    List<Integer> subject(String subject, boolean permanent) {
        store.modes().requireWritable(subject);
        synchronized (store) {
            List<StoredVersion> versions = store.versions(subject, true);
            boolean live = versions.stream().anyMatch(version -> !version.deleted());
            if (live && permanent) {
                throw new RegistryProblem(
                        RegistryProblem.SUBJECT_NOT_SOFT_DELETED,
                        "Subject '" + subject + "' was not deleted first before being permanently deleted");
            }
            if (!live && !permanent) {
                throw new RegistryProblem(
                        RegistryProblem.SUBJECT_SOFT_DELETED,
                        "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
            }
            List<StoredVersion> chosen = versions.stream()
                    .filter(version -> permanent || !version.deleted())
                    .toList();
            chosen.forEach(this::requireUnreferenced);
            chosen.forEach(version -> delete(version, permanent));
            return chosen.stream().map(StoredVersion::number).toList();
        }
    }

    /** Deletes one version and returns its number. */
    int version(StoredVersion version, boolean permanent) {
        store.modes().requireWritable(version.subject());
        synchronized (store) {
            if (permanent && !version.deleted()) {
                throw new RegistryProblem(
                        RegistryProblem.VERSION_NOT_SOFT_DELETED,
                        "Version " + version.number() + " was not deleted first before being permanently deleted");
            }
            if (!permanent && version.deleted()) {
                throw new RegistryProblem(
                        RegistryProblem.VERSION_SOFT_DELETED,
                        "Version " + version.number() + " was soft deleted. Set permanent=true to delete permanently");
            }
            requireUnreferenced(version);
            delete(version, permanent);
            return version.number();
        }
    }

    /** The schemas that refer to a version. */
    List<Integer> referencedBy(StoredVersion version) {
        return store.places(schema -> schema.references().stream().anyMatch(names(version)), false).stream()
                .map(place -> place.schema().id())
                .distinct()
                .toList();
    }

    private void requireUnreferenced(StoredVersion version) {
        if (!referencedBy(version).isEmpty()) {
            throw new RegistryProblem(
                    RegistryProblem.REFERENCE_EXISTS,
                    "One or more references exist to the schema of subject '" + version.subject() + "' version "
                            + version.number());
        }
    }

    private void delete(StoredVersion version, boolean permanent) {
        if (permanent) {
            store.remove(version);
        } else {
            store.softDelete(version);
        }
    }

    private static Predicate<SchemaReference> names(StoredVersion version) {
        return reference -> reference.subject().equals(version.subject()) && reference.version() == version.number();
    }
}
