package io.kaufmann.task;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All schemas of some folders, understood as far as they can be.
 *
 * @param prepared each after those it names, and those of equal rank by subject
 * @param unusable what came of the others, sorted by subject
 */
record SchemaSet(List<PreparedSchema> prepared, List<SchemaOutcome> unusable) {

    /**
     * Reads them.
     *
     * @throws TaskException when a folder is not there, or there is no schema at all
     */
    static SchemaSet read(List<Path> folders, SchemaChoices choices) {
        SchemaFolders files = SchemaFolders.read(folders);
        SchemaPreparation preparation = new SchemaPreparation(new SchemaProviders(files), choices);
        files.sources().forEach(preparation::add);
        List<SchemaOutcome> unusable = Stream.concat(files.invalid().stream(), preparation.unusable().stream())
                .sorted(Comparator.comparing(SchemaOutcome::subject))
                .toList();
        return new SchemaSet(preparation.prepared(), unusable);
    }

    Optional<PreparedSchema> find(String subject) {
        return prepared.stream()
                .filter(schema -> schema.subject().equals(subject))
                .findFirst();
    }
}
