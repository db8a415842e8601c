package io.kaufmann.codec.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the files that hold JSON Schemas. */
final class SchemaFolder {

    private static final String ENDING = ".json";
    private static final String LONG_ENDING = ".schema.json";

    private SchemaFolder() {}

    /**
     * The files of these folders and the folders in them, by what they are named after. Of two folders the first counts.
     *
     * @throws IllegalArgumentException when a folder cannot be read, or has two files of one name
     */
    static Map<String, Path> files(List<Path> folders) {
        Map<String, Path> all = new LinkedHashMap<>();
        for (Path folder : folders) {
            files(folder).forEach(all::putIfAbsent);
        }
        return all;
    }

    private static Map<String, Path> files(Path folder) {
        Map<String, Path> files = new LinkedHashMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(SchemaFolder::isSchema).sorted().toList()) {
                Path other = files.put(name(file), file.toAbsolutePath().normalize());
                if (other != null) {
                    throw new IllegalArgumentException("Two JSON Schemas for " + name(file) + " in one folder: " + other
                            + " and " + file + ". Remove one");
                }
            }
            return files;
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read the JSON Schemas in " + folder + ": " + e, e);
        }
    }

    private static boolean isSchema(Path file) {
        return file.toString().endsWith(ENDING) && Files.isRegularFile(file);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        String ending = name.endsWith(LONG_ENDING) ? LONG_ENDING : ENDING;
        return name.substring(0, name.length() - ending.length());
    }
}
