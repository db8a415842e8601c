package io.kaufmann.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A service's own Avro schemas, read from folders: each {@code .avsc} file holds one, and the file's name without its
 * ending is the subject it stands under, as in KaufmannEx. A file may name the types of any other, whatever their order, and define one
 * of its own under a name that another file has too;
 * the metadata record {@code seven.cloud.services.event_metadata} that the library ships is known to all of them, unless a
 * file defines it. Immutable and thread-safe.
 */
public final class SchemaFiles {

    private static final String ENDING = ".avsc";
    private static final Set<Schema.Type> NAMED = Set.of(Schema.Type.RECORD, Schema.Type.ENUM, Schema.Type.FIXED);
    private static final String SHIPPED = "/io/kaufmann/schemas/event_metadata.avsc";

    private final List<Path> folders;
    private final Map<String, Schema> bySubject;

    private SchemaFiles(List<Path> folders, Map<String, Schema> bySubject) {
        this.folders = folders;
        this.bySubject = bySubject;
    }

    /**
     * Reads all schemas of these folders and the folders in them.
     *
     * @param folders the folders; where two have a file of the same name, the first counts
     * @return the schemas
     * @throws IllegalArgumentException when a folder cannot be read or a file is no schema; it names every such file
     */
    public static SchemaFiles in(List<Path> folders) {
        Map<String, Path> files = new TreeMap<>();
        folders.forEach(folder -> filesOf(folder).forEach(file -> files.putIfAbsent(subject(file), file)));
        return new SchemaFiles(List.copyOf(folders), Map.copyOf(parse(files)));
    }

    /**
     * The schema that stands under a subject.
     *
     * @param subject the file's name without its ending
     * @return the schema, with all types that it names; empty when there is no such file
     */
    public Optional<Schema> find(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    /** All subjects, sorted. */
    public Set<String> subjects() {
        return new TreeSet<>(bySubject.keySet());
    }

    /** The folders that were read. */
    @Override
    public String toString() {
        return folders.toString();
    }

    private static List<Path> filesOf(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Cannot read the schemas in " + folder + ": " + e + ". Check kaufmann.schema.path", e);
        }
    }

    private static String subject(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    /** Parses in rounds: what fails because a type is missing may pass when another file has brought it. */
    private static Map<String, Schema> parse(Map<String, Path> files) {
        Map<String, Path> waiting = new TreeMap<>(files);
        Map<String, Schema> parsed = new LinkedHashMap<>();
        Map<String, Schema> types = new LinkedHashMap<>();
        boolean shippedAdded = false;
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            Map<Path, String> problems = parseRound(waiting, parsed, types);
            if (waiting.size() == before) {
                if (shippedAdded) {
                    throw failure(problems);
                }
                // Last, so that a file which defines it goes before.
                Schema shipped = SchemaTexts.parser().parse(shipped());
                types.putIfAbsent(shipped.getFullName(), shipped);
                shippedAdded = true;
            }
        }
        return parsed;
    }

    private static Map<Path, String> parseRound(
            Map<String, Path> waiting, Map<String, Schema> parsed, Map<String, Schema> types) {
        Map<Path, String> problems = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : List.copyOf(waiting.entrySet())) {
            try {
                Schema schema = parse(read(file.getValue()), types.values());
                parsed.put(file.getKey(), schema);
                waiting.remove(file.getKey());
                if (NAMED.contains(schema.getType())) {
                    types.putIfAbsent(schema.getFullName(), schema);
                }
            } catch (RuntimeException e) {
                problems.put(file.getValue(), SchemaTexts.quote(String.valueOf(e.getMessage())));
            }
        }
        return problems;
    }

    /** By itself if it can stand by itself: then it may define a type in its own way that another file defines too. */
    private static Schema parse(String text, Collection<Schema> types) {
        try {
            return SchemaTexts.parser().parse(text);
        } catch (AvroRuntimeException e) {
            Set<String> own = DefinedTypes.in(text);
            Schema.Parser parser = SchemaTexts.parser();
            parser.addTypes(types.stream()
                    .filter(type -> !own.contains(type.getFullName()))
                    .toList());
            return parser.parse(text);
        }
    }

    private static IllegalArgumentException failure(Map<Path, String> problems) {
        List<String> lines = new ArrayList<>();
        problems.forEach((file, problem) -> lines.add(file + ": " + problem));
        return new IllegalArgumentException("Cannot parse " + (lines.size() == 1 ? "a schema" : "schemas") + ": "
                + String.join("; ", lines) + ". A file may name types of its own and of the files beside it");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shipped() {
        try (InputStream in = SchemaFiles.class.getResourceAsStream(SHIPPED)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
