package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.task.CheckSchemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks schemas. */
@Command(
        name = "check-schemas",
        description = {
            "Tells what migrate-schemas would do, and writes nothing: syntax, references, names, and compatibility.",
            "It compares with the registry, or without any with the files of another revision (--against)."
        },
        footer = {
            "",
            "Examples:",
            "  kaufmann check-schemas --registry http://localhost:8081 --schema-path schemas",
            "  git worktree add /tmp/main origin/main",
            "  kaufmann check-schemas --schema-path schemas --against /tmp/main/schemas --level full --json"
        })
final class CheckSchemasCommand extends TaskCommand {

    @Mixin
    private SchemaOptions schemas;

    @Option(
            names = "--against",
            paramLabel = "FOLDER",
            split = ",",
            description = "Compares with the schemas of this folder; no registry is asked. May be given several times.")
    private final List<Path> before = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "With --against: what is asked of a schema that differs, ${COMPLETION-CANDIDATES}. Default:"
                    + " BACKWARD. A registry goes by its own.")
    private CompatibilityLevel level;

    @Override
    int run(KaufmannConfig config, Output output) {
        List<Path> folders = schemas.folders(config, this);
        return new SchemaReports(output)
                .show(check(config, folders)
                        .metadata(schemas.form())
                        .lookedUpBy(config.subjectStrategy(), config.eventNaming())
                        .run());
    }

    private CheckSchemas check(KaufmannConfig config, List<Path> folders) {
        if (!before.isEmpty()) {
            return CheckSchemas.against(before, level == null ? CompatibilityLevel.BACKWARD : level, folders);
        }
        if (level != null) {
            throw misuse(
                    "--level goes with --against: the registry compares by the level that is set there. Leave it out");
        }
        require("kaufmann.schema.registry.url");
        return CheckSchemas.of(config.schemaRegistry().orElseThrow(), folders);
    }
}
