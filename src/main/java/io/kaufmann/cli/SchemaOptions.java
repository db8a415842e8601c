package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.task.MetadataForm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What the tasks on schemas have in common: the folders, and the form. */
final class SchemaOptions {

    @Option(
            names = {"-p", "--schema-path"},
            paramLabel = "FOLDER",
            split = ",",
            description = "A folder of schemas, beside those of kaufmann.schema.path. May be given several times.")
    private final List<Path> folders = new ArrayList<>();

    @Option(
            names = "--metadata",
            paramLabel = "FORM",
            defaultValue = "inline",
            description =
                    "How the metadata record and other files' types go to the registry: 'inline' writes them into each"
                            + " schema (the default), 'reference' registers each under its own subject and refers to it.")
    private MetadataForm form;

    MetadataForm form() {
        return form;
    }

    /** The folders of the configuration and the options, or the end of a command that was misused. */
    List<Path> folders(KaufmannConfig config, TaskCommand command) {
        Set<Path> all = new LinkedHashSet<>(config.schemaPath());
        all.addAll(folders);
        if (all.isEmpty()) {
            throw command.misuse(
                    "No folder of schemas is given. Name one with --schema-path, or set kaufmann.schema.path"
                            + " (KAUFMANN_SCHEMA_PATH)");
        }
        return List.copyOf(all);
    }
}
