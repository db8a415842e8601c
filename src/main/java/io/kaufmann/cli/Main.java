package io.kaufmann.cli;

import io.kaufmann.ConfigurationException;
import io.kaufmann.health.StartException;
import io.kaufmann.schema.SchemaRegistryException;
import io.kaufmann.task.TaskException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: {@code java -cp ... io.kaufmann.cli.Main COMMAND}, or {@code java -jar kaufmann-cli.jar COMMAND}.
 *
 * <p>Its exit code is 0 when all is well, 1 when the task failed or found something wrong, and 2 when it was asked for in a way
 * that makes no sense.
 */
@Command(
        name = "kaufmann",
        description = "Tasks for services on Kaufmann: their schemas, their history, their dead letters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            MigrateSchemasCommand.class,
            CheckSchemasCommand.class,
            ResetSchemasCommand.class,
            SchemasCommand.class,
            DescribeCommand.class,
            ReinitServiceCommand.class,
            RedriveCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is well", "1:it failed, or found something wrong", "2:it was asked for in a wrong way"},
        footer = {
            "",
            "Settings come from a file (--config), from KAUFMANN_* environment variables, and from options, of which the"
                    + " last holds. @|bold kaufmann help COMMAND|@ tells of a command, with examples."
        })
public final class Main implements Callable<Integer> {

    private static final int FAILURE = 1;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        // Of the jar that has all in it; an application's own logging knows nothing of these.
        for (String setting : List.of("defaultLogLevel=warn", "log.org.apache.kafka.clients=error")) {
            String[] parts = setting.split("=", 2);
            System.getProperties().putIfAbsent("org.slf4j.simpleLogger." + parts[0], parts[1]);
        }
        System.exit(run(writer(System.out), writer(System.err), Ansi.AUTO, arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        // Since Java 19 the first is what the terminal reads.
        String charset = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return new PrintWriter(stream, true, Charset.forName(charset));
    }

    /** Runs a command; tells its exit code. */
    static int run(PrintWriter out, PrintWriter err, Ansi colours, String... arguments) {
        CommandLine commands = new CommandLine(new Main());
        int exitCode = commands.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed)
                .execute(arguments);
        // A shutdown that is under way waited for what has now been said.
        StopInOrder.release();
        return exitCode;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Say which command");
    }

    private static int misused(ParameterException e, String... arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(red(command, e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        boolean showsStackTraces = command.getCommand() instanceof TaskCommand task && task.showsStackTraces();
        if (showsStackTraces) {
            e.printStackTrace(err);
        } else {
            err.println(red(command, message(e)));
        }
        return e instanceof ConfigurationException ? command.getCommandSpec().exitCodeOnInvalidInput() : FAILURE;
    }

    private static String message(Exception e) {
        if (e instanceof TimeoutException) {
            return "No broker answers: " + e.getMessage()
                    + ". Check kaufmann.bootstrap.servers (--bootstrap-servers), and the network";
        }
        if (e instanceof KafkaException) {
            return "Kafka: " + e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage())
                    + ". See whether the brokers can be reached, and what they allow";
        }
        boolean isForPeople = e instanceof TaskException
                || e instanceof SchemaRegistryException
                || e instanceof ConfigurationException
                || e instanceof StartException
                || e instanceof IllegalArgumentException;
        return isForPeople ? e.getMessage() : "This is a bug: " + e + ". With --stack-trace it says where";
    }

    private static String red(CommandLine command, String text) {
        return command.getColorScheme().errorText(text).toString();
    }
}
