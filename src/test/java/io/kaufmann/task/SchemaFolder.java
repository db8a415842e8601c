package io.kaufmann.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of schemas that a test writes. */
public final class SchemaFolder {

    private static final String META = "seven.cloud.services.event_metadata";

    private final Path path;

    /** A folder at this place, made with its first file. */
    public SchemaFolder(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Writes a file, in a folder of its own if its name has one. */
    public SchemaFolder with(String file, String text) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an event's schema, with the metadata record by its name and these fields in its payload. */
    public SchemaFolder event(String name, String... fields) {
        return with(name + ".avsc", """
                {
                  "type": "record",
                  "name": "%s",
                  "fields": [
                    {"name": "meta", "type": "%s"},
                    {"name": "payload", "type": {"type": "record", "name": "Payload", "fields": [%s]}}
                  ]
                }
                """.formatted(Path.of(name).getFileName(), META, String.join(", ", fields)));
    }

    /** Writes a record of its own. */
    public SchemaFolder record(String file, String name, String... fields) {
        return with(file + ".avsc", """
                {"type": "record", "name": "%s", "fields": [
                  %s]}
                """.formatted(name, String.join(", ", fields)));
    }

    /** A field's JSON. */
    public static String field(String name, String type) {
        return "{\"name\": \"" + name + "\", \"type\": \"" + type + "\"}";
    }

    /** A field's JSON, with a default. */
    public static String field(String name, String type, String value) {
        return "{\"name\": \"" + name + "\", \"type\": \"" + type + "\", \"default\": " + value + "}";
    }
}
