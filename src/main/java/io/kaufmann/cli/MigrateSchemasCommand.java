package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.task.MigrateSchemas;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Registers schemas. */
@Command(
        name = "migrate-schemas",
        aliases = "schemas.seed",
        description = {
            "Registers all schemas (*.avsc) of some folders, each under its file's name, in the order that their"
                    + " references need.",
            "One file that is no schema keeps all from being registered. Doing it again changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  kaufmann migrate-schemas --config greeter.properties",
            "  kaufmann migrate-schemas --registry http://localhost:8081 --schema-path schemas,common/schemas",
            "  kaufmann migrate-schemas -c greeter.properties --metadata reference --json"
        })
class MigrateSchemasCommand extends TaskCommand {

    @Mixin
    private SchemaOptions schemas;

    @Override
    int run(KaufmannConfig config, Output output) {
        var folders = schemas.folders(config, this);
        require("kaufmann.schema.registry.url");
        return new SchemaReports(output)
                .show(MigrateSchemas.of(config.schemaRegistry().orElseThrow(), folders)
                        .metadata(schemas.form())
                        .lookedUpBy(config.subjectStrategy(), config.eventNaming())
                        .run());
    }
}
