package io.kaufmann.testing;

import io.kaufmann.schema.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Which level holds for which subject, and what a level asks. Thread-safe. */
final class CompatibilityRules extends PerSubject<CompatibilityLevel> {

    CompatibilityRules() {
        super(CompatibilityLevel.BACKWARD);
    }

    /**
     * What stands against a next version.
     *
     * @param level what is asked
     * @param before the versions before it, ascending
     * @param next the next version
     * @return why it may not follow; empty when it may
     */
    static List<String> violations(CompatibilityLevel level, List<StoredVersion> before, Schema next) {
        List<String> violations = new ArrayList<>();
        for (StoredVersion version : concerned(level, before)) {
            Schema old = version.schema().schema();
            switch (level) {
                case NONE -> {}
                case BACKWARD, BACKWARD_TRANSITIVE -> check(next, old, version, "new", violations);
                case FORWARD, FORWARD_TRANSITIVE -> check(old, next, version, "old", violations);
                case FULL, FULL_TRANSITIVE -> {
                    check(next, old, version, "new", violations);
                    check(old, next, version, "old", violations);
                }
            }
        }
        return violations;
    }

    private static List<StoredVersion> concerned(CompatibilityLevel level, List<StoredVersion> before) {
        boolean all = level.name().endsWith("_TRANSITIVE");
        return all || before.isEmpty() ? before : before.subList(before.size() - 1, before.size());
    }

    private static void check(
            Schema reader, Schema writer, StoredVersion version, String readerIs, List<String> violations) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(found -> violations.add("The " + readerIs + " schema cannot read the other, version "
                        + version.number() + ": " + found.getType() + " at " + found.getLocation() + ": "
                        + found.getMessage()));
    }
}
