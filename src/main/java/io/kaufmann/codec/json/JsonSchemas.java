package io.kaufmann.codec.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.SubjectStrategy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks payloads against JSON Schemas, compiled once. Immutable and thread-safe. */
final class JsonSchemas implements PayloadCheck {

    private static final SubjectStrategy SUBJECTS = SubjectStrategy.eventName();

    private final List<Path> folders;
    private final Map<String, Schema> schemas;

    private JsonSchemas(List<Path> folders, Map<String, Schema> schemas) {
        this.folders = folders;
        this.schemas = schemas;
    }

    /**
     * The schemas of these folders.
     *
     * @throws IllegalArgumentException when there is a file that cannot be used; it names each
     */
    static JsonSchemas in(List<Path> folders) {
        Map<String, Path> files = SchemaFolder.files(folders);
        SchemaCompiler compiler = new SchemaCompiler(files.values());
        Map<String, Schema> schemas = new HashMap<>();
        List<String> problems = new ArrayList<>();
        files.forEach((name, file) -> {
            try {
                schemas.put(name, compiler.compile(file));
            } catch (RuntimeException e) {
                problems.add(file + ": " + EventName.printable(String.valueOf(e.getMessage())));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot use " + (problems.size() == 1 ? "a JSON Schema" : "JSON Schemas")
                    + ": " + String.join("; ", problems)
                    + ". A file may refer to others of the same folders; nothing else is read or fetched");
        }
        return new JsonSchemas(List.copyOf(folders), Map.copyOf(schemas));
    }

    @Override
    public boolean concerns(EventName event) {
        return schemas.containsKey(SUBJECTS.subject(event, ""));
    }

    @Override
    public void check(EventName event, JsonNode payload) {
        List<Error> errors;
        try {
            errors = schemas.get(SUBJECTS.subject(event, "")).validate(payload);
        } catch (StackOverflowError e) {
            throw unusable(event, "it never ends, or nests too deeply");
        } catch (RuntimeException e) { // Of the schema: some references are followed only here.
            throw unusable(event, EventName.printable(String.valueOf(e.getMessage())));
        }
        if (!errors.isEmpty()) {
            throw new TranscodeException(event.printable() + ' ' + shown(errors.get(0)));
        }
    }

    private TranscodeException unusable(EventName event, String why) {
        return new TranscodeException(
                event.printable() + ": cannot use its JSON Schema: " + why + ". See its file in " + folders);
    }

    /** Its path, what is wrong and the rule; the library keeps the payload's values out of its messages. */
    private static String shown(Error error) {
        String path = error.getInstanceLocation().toString().replaceFirst("^\\$", "payload");
        return EventName.printable(path) + ": " + EventName.printable(error.getMessage()) + " (rule "
                + error.getKeyword() + " of "
                + EventName.printable(error.getSchemaLocation().toString()) + ')';
    }

    @Override
    public String toString() {
        return folders.toString();
    }
}
