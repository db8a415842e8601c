package io.kaufmann.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of one schema. Immutable and thread-safe.
 *
 * @param subject the subject, which is the file's name without its ending
 * @param file the file; empty when it is one that the library ships
 * @param status what came of it
 * @param version the subject's version that equals it, from 1; empty when there is none or it is not known
 * @param id its id in the registry; empty when there is none or it is not known
 * @param messages why it is so, and warnings; a sentence or more each
 */
public record SchemaOutcome(
        String subject,
        Optional<Path> file,
        SchemaStatus status,
        OptionalInt version,
        OptionalInt id,
        List<String> messages) {

    /** Checks that no part is null, and copies the messages. */
    public SchemaOutcome {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(id, "id");
        messages = List.copyOf(messages);
    }
}
