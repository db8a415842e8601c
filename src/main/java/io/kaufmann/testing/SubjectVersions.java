package io.kaufmann.testing;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of one subject. Not thread-safe: the store that owns it is. */
final class SubjectVersions {

    private final String subject;
    private final TreeMap<Integer, StoredVersion> versions = new TreeMap<>();

    SubjectVersions(String subject) {
        this.subject = subject;
    }

    /** Ascending; with or without those that were soft deleted. */
    List<StoredVersion> all(boolean deleted) {
        return versions.values().stream()
                .filter(version -> deleted || !version.deleted())
                .toList();
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    Optional<StoredVersion> newest(boolean deleted) {
        List<StoredVersion> all = all(deleted);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    Optional<StoredVersion> number(int number) {
        return Optional.ofNullable(versions.get(number));
    }

    /** The newest version with this schema. */
    Optional<StoredVersion> with(StoredSchema schema, boolean deleted) {
        return all(deleted).stream()
                .filter(version -> version.schema().id() == schema.id())
                .reduce((older, newer) -> newer);
    }

    StoredVersion add(StoredSchema schema) {
        int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        StoredVersion version = new StoredVersion(subject, number, schema, false);
        versions.put(number, version);
        return version;
    }

    void softDelete(StoredVersion version) {
        versions.put(version.number(), version.softDeleted());
    }

    void remove(StoredVersion version) {
        versions.remove(version.number());
    }
}
