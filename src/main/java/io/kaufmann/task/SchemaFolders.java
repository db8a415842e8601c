package io.kaufmann.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The schemas of some folders and the folders in them, read and not yet understood.
 *
 * @param sources those that are JSON, sorted by subject
 * @param invalid those that cannot be read, or stand twice
 */
record SchemaFolders(List<SchemaSource> sources, List<SchemaOutcome> invalid) {

    static final String ENDING = ".avsc";

    /**
     * Reads them.
     *
     * @throws TaskException when a folder is not there, or there is no schema at all
     */
    static SchemaFolders read(List<Path> folders) {
        if (folders.isEmpty()) {
            throw new TaskException("No folder of schemas is given. Name one or more, as in kaufmann.schema.path");
        }
        List<SchemaSource> sources = new ArrayList<>();
        List<SchemaOutcome> invalid = new ArrayList<>();
        bySubject(folders).forEach((subject, files) -> {
            try {
                sources.add(read(subject, files));
            } catch (InvalidSchemaException e) {
                invalid.add(invalid(subject, files.get(0), e.getMessage()));
            }
        });
        return new SchemaFolders(List.copyOf(sources), List.copyOf(invalid));
    }

    static SchemaOutcome invalid(String subject, Path file, String why) {
        return new SchemaOutcome(
                subject,
                Optional.of(file),
                SchemaStatus.INVALID,
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(why));
    }

    private static SchemaSource read(String subject, List<Path> files) {
        Path file = files.get(0);
        if (files.size() > 1) {
            throw new InvalidSchemaException("Subject " + subject + " has " + files.size() + " files: "
                    + files.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ". Only one can be registered: delete or rename the others");
        }
        if (subject.isEmpty()) {
            throw new InvalidSchemaException(
                    file + " has no name before " + ENDING + ", and so no subject. Name it after its event");
        }
        try {
            return SchemaSource.of(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new InvalidSchemaException(file + " is no text in UTF-8. Write it anew");
        } catch (IOException e) {
            throw new InvalidSchemaException(file + " cannot be read: " + e + ". Check who may read it");
        }
    }

    private static Map<String, List<Path>> bySubject(List<Path> folders) {
        // By where they really are, since a folder may be given twice, or be in another.
        Map<Path, Path> files = new LinkedHashMap<>();
        folders.forEach(folder -> filesOf(folder).forEach(file -> files.putIfAbsent(real(file), file)));
        if (files.isEmpty()) {
            throw new TaskException("There is no schema in "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": no file there ends in " + ENDING + ". Check the folders, or put the schemas there");
        }
        return files.values().stream()
                .sorted(Comparator.comparing(Path::toString))
                .collect(Collectors.groupingBy(SchemaSource::subject, TreeMap::new, Collectors.toList()));
    }

    private static List<Path> filesOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new TaskException((Files.exists(folder) ? folder + " is no folder" : "There is no folder " + folder)
                    + " (" + folder.toAbsolutePath().normalize() + "). Name the folder that holds the schemas");
        }
        try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new TaskException("The folder " + folder + " cannot be read: " + e + ". Check who may read it", e);
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
