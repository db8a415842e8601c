package io.kaufmann.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs that run to their end. */
final class Command {

    private Command() {}

    /** How a program ended and what it printed. */
    record Outcome(int exitCode, String output, String errors) {}

    /** What a program prints when it is there; empty when it is not. */
    static Optional<String> find(List<String> command) {
        try {
            Outcome outcome = run(Path.of("."), command, "", Duration.ofSeconds(30));
            return outcome.exitCode() == 0 ? Optional.of(outcome.output().strip()) : Optional.empty();
        } catch (UncheckedIOException notThere) {
            return Optional.empty();
        }
    }

    /** Runs a program in a directory; one that does not end in time is killed. */
    static Outcome run(Path directory, List<String> command, String input, Duration limit) {
        try {
            Path in = Files.writeString(Files.createTempFile("command", ".in"), input);
            Path out = Files.createTempFile("command", ".out");
            Path err = Files.createTempFile("command", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                withoutProxy(builder.environment());
                Process process = builder.start();
                boolean ended = waitFor(process, limit);
                String errors = Files.readString(err) + (ended ? "" : "\nNot done within " + limit);
                return new Outcome(ended ? process.exitValue() : -1, Files.readString(out), errors);
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs on this machine is asked directly. */
    private static void withoutProxy(Map<String, String> environment) {
        for (String name : List.of("NO_PROXY", "no_proxy")) {
            environment.merge(name, "127.0.0.1,localhost", (given, local) -> given + ',' + local);
        }
    }

    private static boolean waitFor(Process process, Duration limit) throws IOException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a program ran", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
