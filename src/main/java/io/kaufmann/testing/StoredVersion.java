package io.kaufmann.testing;

/**
 * One version of a subject.
 *
 * @param subject the subject
 * @param number the version, from 1
 * @param schema what stands there
 * @param deleted whether it was soft deleted: still readable by id
 */
record StoredVersion(String subject, int number, StoredSchema schema, boolean deleted) {

    StoredVersion softDeleted() {
        return new StoredVersion(subject, number, schema, true);
    }
}
