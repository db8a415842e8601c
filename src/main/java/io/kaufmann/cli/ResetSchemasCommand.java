package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.schema.Deletion;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.task.ResetSchemas;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes schemas and registers them again. */
@Command(
        name = "reset-schemas",
        description = {
            "Deletes the subjects that have a file in the folders, with all their versions, and registers the files again.",
            "For development. Without --yes it says what it would delete, deletes nothing, and its exit code is 2."
        },
        footer = {
            "",
            "Examples:",
            "  kaufmann reset-schemas --config greeter.properties",
            "  kaufmann reset-schemas --config greeter.properties --yes"
        })
final class ResetSchemasCommand extends TaskCommand {

    private static final int NOT_CONFIRMED = 2;

    @Mixin
    private SchemaOptions schemas;

    @Option(names = "--yes", description = "Does it.")
    private boolean confirmed;

    @Option(
            names = "--permanent",
            description = "Leaves nothing of them: events that were written with them can no longer be read.")
    private boolean permanent;

    @Override
    int run(KaufmannConfig config, Output output) {
        var folders = schemas.folders(config, this);
        require("kaufmann.schema.registry.url");
        SchemaRegistry registry = config.schemaRegistry().orElseThrow();
        ResetSchemas reset = ResetSchemas.of(registry, folders)
                .metadata(schemas.form())
                .lookedUpBy(config.subjectStrategy(), config.eventNaming())
                .deletion(permanent ? Deletion.PERMANENT : Deletion.SOFT);
        return confirmed ? new SchemaReports(output).show(reset.run()) : ask(reset.plan(), registry, output);
    }

    private int ask(Map<String, List<Integer>> plan, SchemaRegistry registry, Output output) {
        if (output.isJson()) {
            output.json(Map.of("registry", registry.location(), "permanent", permanent, "wouldDelete", plan));
        } else if (!plan.isEmpty()) {
            output.table(
                    List.of("SUBJECT", "VERSIONS"),
                    plan.entrySet().stream()
                            .map(entry -> List.of(entry.getKey(), versions(entry.getValue())))
                            .toList());
            output.line("");
        }
        output.warn((plan.isEmpty() ? "There is nothing to delete" : "This would delete " + counted(plan.size()))
                + (permanent && !plan.isEmpty() ? " for good" : "") + " at " + registry.location()
                + ", and register the files again. Nothing was done: say --yes to do it");
        return NOT_CONFIRMED;
    }

    private static String counted(int subjects) {
        return subjects == 1 ? "this subject" : "these " + subjects + " subjects";
    }

    private static String versions(List<Integer> versions) {
        return String.join(", ", versions.stream().map(String::valueOf).toList());
    }
}
