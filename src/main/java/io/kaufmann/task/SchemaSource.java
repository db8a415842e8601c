package io.kaufmann.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One schema as somebody wrote it. Immutable.
 *
 * @param subject the subject it stands under
 * @param file the file; empty when it is one that the library ships
 * @param text what stands in the file
 * @param json the same, read
 * @param names the types that it defines and those that it names
 */
record SchemaSource(String subject, Optional<Path> file, String text, JsonNode json, SchemaNames names) {

    private static final String METADATA = "event_metadata";

    static SchemaSource of(Path file, String text) {
        JsonNode json = SchemaJson.read(file, text);
        return new SchemaSource(subject(file), Optional.of(file), text, json, SchemaNames.in(json));
    }

    /** The metadata record that the library ships. */
    static SchemaSource shippedMetadata() {
        try (InputStream in = SchemaSource.class.getResourceAsStream("/io/kaufmann/schemas/" + METADATA + ".avsc")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            JsonNode json = SchemaJson.read(Path.of(METADATA), text);
            return new SchemaSource(METADATA, Optional.empty(), text, json, SchemaNames.in(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String subject(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SchemaFolders.ENDING.length());
    }

    /** For messages: the file, or whose it is. */
    String place() {
        return file.map(Path::toString).orElse("Kaufmann's own " + subject);
    }

    /** For messages: the file, with line and column where it holds this text first. */
    String place(String value) {
        return place() + SchemaJson.position(text, value).map(at -> ", " + at).orElse("");
    }
}
