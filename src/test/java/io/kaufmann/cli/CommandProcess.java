package io.kaufmann.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process of its own, as an operator starts it. */
final class CommandProcess {

    private static final int LONGEST_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What came of one. */
    record Outcome(int exitCode, String out, String err) {}

    /** Starts it on the tests' class path, as an application's. */
    static CommandProcess start(Path home, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Standard output is for what the command tells.
                "-Dlogback.configurationFile=logback-cli.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return start(home, environment, command);
    }

    /** Starts the self-contained jar. */
    static CommandProcess startJar(Path home, Path jar, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return start(home, Map.of(), command);
    }

    private static CommandProcess start(Path home, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path out = Files.createTempFile(home, "out-", ".txt");
        Path err = Files.createTempFile(home, "err-", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), out, err);
    }

    /** Runs it to its end. */
    static Outcome run(Path home, Map<String, String> environment, String... arguments) throws Exception {
        return start(home, environment, arguments).await();
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /** Ends it without warning (SIGKILL). */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed so far. */
    String out() throws IOException {
        return Files.readString(out, UTF_8);
    }

    Outcome await() throws Exception {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("It does not end. It has printed:\n" + out() + Files.readString(err, UTF_8));
        }
        return new Outcome(process.exitValue(), out(), Files.readString(err, UTF_8));
    }
}
