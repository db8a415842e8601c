package io.kaufmann.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** KaufmannEx's name for {@code migrate-schemas}. */
@Command(
        name = "schemas",
        description = "'schemas seed' is another name for migrate-schemas.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "seed",
        subcommands = SchemasCommand.Seed.class)
final class SchemasCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say 'schemas seed'");
    }

    /** The same under another name. */
    @Command(name = "seed")
    static final class Seed extends MigrateSchemasCommand {}
}
