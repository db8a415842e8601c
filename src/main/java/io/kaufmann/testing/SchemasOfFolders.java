package io.kaufmann.testing;

import io.kaufmann.internal.handoff.NearestName;
import io.kaufmann.schema.Compatibility;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaNotFoundException;
import io.kaufmann.schema.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A registry with the schemas of some folders, each under its file's name. What it lacks it says with where it looked. Thread-safe. */
final class SchemasOfFolders implements SchemaRegistry {

    private static final String ERROR = "event.error";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final List<Path> folders;
    private final Set<String> own = new TreeSet<>();
    // What was asked for and is not there, a sentence each.
    private final Set<String> missing = Collections.synchronizedSet(new LinkedHashSet<>());

    private SchemasOfFolders(List<Path> folders) {
        this.folders = folders;
    }

    /** The schemas of these folders, and the library's own of error events unless they have one. */
    static SchemasOfFolders in(List<Path> folders) {
        SchemasOfFolders schemas = new SchemasOfFolders(folders);
        SchemaFiles files = SchemaFiles.in(folders);
        for (String subject : files.subjects()) {
            schemas.register(subject, files.find(subject).orElseThrow().toString());
        }
        schemas.own.addAll(files.subjects());
        if (files.find(ERROR).isEmpty()) {
            schemas.registerShipped();
        }
        return schemas;
    }

    /** Whether a file has it: that of error events may be the library's. */
    boolean isOwn(String subject) {
        return own.contains(subject);
    }

    private void registerShipped() {
        org.apache.avro.Schema.Parser parser = new org.apache.avro.Schema.Parser();
        parser.parse(shipped("event_metadata"));
        register(ERROR, parser.parse(shipped(ERROR)).toString());
    }

    private static String shipped(String name) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream("/io/kaufmann/schemas/" + name + ".avsc")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RegisteredSchema latest(String subject) {
        try {
            return registry.latest(subject);
        } catch (SchemaNotFoundException e) {
            String problem = "no schema " + subject + ".avsc " + where() + hint(subject);
            missing.add(problem);
            throw new SchemaNotFoundException(problem);
        }
    }

    /** What was asked for and is not there, a sentence each, with where it was looked for. */
    List<String> missing() {
        synchronized (missing) {
            return List.copyOf(missing);
        }
    }

    private String where() {
        return folders.isEmpty()
                ? "is known: name the folders of the schemas, with schemas(...)"
                : "in "
                        + String.join(
                                ", ",
                                folders.stream().map(SchemasOfFolders::shown).toList());
    }

    private static String shown(Path folder) {
        return folder + " (" + folder.toAbsolutePath().normalize() + ')';
    }

    private String hint(String subject) {
        if (folders.isEmpty()) {
            return "";
        }
        return NearestName.of(subject, subjects())
                .map(name -> ". Did you mean " + name + "?")
                .orElseGet(() -> ". There are " + String.join(", ", subjects()));
    }

    @Override
    public RegisteredSchema byId(int id) {
        return registry.byId(id);
    }

    @Override
    public RegisteredSchema byGuid(String guid) {
        return registry.byGuid(guid);
    }

    @Override
    public RegisteredSchema version(String subject, int version) {
        return registry.version(subject, version);
    }

    @Override
    public RegisteredSchema lookUp(String subject, String schema) {
        return registry.lookUp(subject, schema);
    }

    @Override
    public RegisteredSchema register(String subject, String schema) {
        return registry.register(subject, schema);
    }

    @Override
    public List<String> subjects() {
        return registry.subjects();
    }

    @Override
    public List<Integer> versions(String subject) {
        return registry.versions(subject);
    }

    @Override
    public Compatibility checkCompatibility(String subject, String schema) {
        return registry.checkCompatibility(subject, schema);
    }

    @Override
    public String location() {
        return folders.toString();
    }
}
