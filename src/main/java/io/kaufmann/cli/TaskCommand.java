package io.kaufmann.cli;

import io.kaufmann.KaufmannConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands have in common: where settings come from, and how they show what they did. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:it failed, or found something wrong", "2:it was asked for in a wrong way"})
abstract class TaskCommand implements Callable<Integer> {

    static final int WELL = 0;
    static final int NOT_WELL = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingOptions settings;

    @Option(names = "--json", description = "Prints JSON, for machines.")
    private boolean json;

    @Option(names = "--stack-trace", description = "Shows where in the code a failure comes from.")
    private boolean stackTrace;

    boolean showsStackTraces() {
        return stackTrace;
    }

    @Override
    public Integer call() throws Exception {
        return run(settings.config(spec.commandLine()), new Output(spec.commandLine(), json));
    }

    /**
     * Does the task.
     *
     * @param config what is set; {@link #require} sees to what the task needs
     * @param output where to show what was done
     * @return the exit code
     */
    abstract int run(KaufmannConfig config, Output output) throws Exception;

    /** What to throw when the options make no sense together. */
    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Ends the command, as one that was misused, unless these settings ({@code kaufmann.bootstrap.servers}) were given. */
    void require(String... keys) {
        settings.require(spec.commandLine(), keys);
    }

    /** Ends the command, as one that was misused, when its formats need a registry and none was given. */
    void requireRegistryIfNeeded() {
        settings.requireRegistryIfNeeded(spec.commandLine());
    }

    /** Whether a setting that the library asks for was given. */
    boolean isGiven(String key) {
        return settings.isGiven(key);
    }
}
