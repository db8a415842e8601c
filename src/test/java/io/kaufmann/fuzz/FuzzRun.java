package io.kaufmann.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jazzer on one target, in a JVM of its own with a small heap. Its output goes to a file in the given directory. */
final class FuzzRun {

    private static final Pattern TALLY = Pattern.compile("tried (\\d+), accepted (\\d+)");
    private static final Pattern DONE = Pattern.compile("#(\\d+)\\s+DONE\\s+cov: (\\d+) ft: (\\d+)");

    private final Path directory;
    private final String target;

    FuzzRun(Path directory, String target) {
        this.directory = directory;
        this.target = target;
    }

    /**
     * What came of it.
     *
     * @param exit the process's exit code: 0 when nothing was found
     * @param tried inputs that the target was given, by its own count
     * @param accepted those of them that were good
     * @param done inputs that Jazzer counted
     * @param coverage edges of the code that were reached
     * @param output where all is written down
     */
    record Outcome(int exit, long tried, long accepted, long done, long coverage, Path output) {

        /** What the output says of a finding: its stack and the file that holds the input. */
        String finding() {
            try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
                return lines.dropWhile(line -> !line.startsWith("== Java Exception") && !line.startsWith("ERROR: "))
                        .limit(60)
                        .collect(Collectors.joining("\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Runs so many inputs with this seed. */
    Outcome run(long inputs, long seed) throws IOException, InterruptedException, ReflectiveOperationException {
        clear();
        Path output = directory.resolve("output.txt");
        FuzzTarget made = FuzzTargets.target(target);
        Corpus corpus = Corpus.of(target, made);
        Path seeds = corpus.writeTo(directory.resolve("corpus"));
        Process process = new ProcessBuilder(command(made, inputs, seed, seeds))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            // Each input has its own limit; this one is for a fuzzer that hangs by itself.
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the fuzzer does not end; its output: " + output);
            }
        } finally {
            process.destroyForcibly();
        }
        return outcome(process.exitValue(), output);
    }

    /** What an earlier run found would lead this one another way. */
    private void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private List<String> command(FuzzTarget made, long inputs, long seed, Path seeds) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+EnableDynamicAgentLoading", // Jazzer joins its own JVM as an agent, to see the way of each input.
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + FuzzEntry.TARGET + "=" + target,
                "-cp",
                System.getProperty("java.class.path"),
                Jazzer.class.getName()));
        command.addAll(List.of(
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=" + made.guidedBy(),
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/",
                "-runs=" + inputs,
                "-seed=" + seed,
                "-max_len=" + made.longest(),
                "-timeout=10", // Seconds for one input.
                "-rss_limit_mb=0", // The heap is the limit.
                "-verbosity=1",
                seeds.toString()));
        return command;
    }

    private static Outcome outcome(int exit, Path output) throws IOException {
        String text = Files.readString(output, StandardCharsets.ISO_8859_1);
        Matcher tally = TALLY.matcher(text);
        Matcher done = DONE.matcher(text);
        boolean counted = tally.find();
        boolean ended = done.find();
        return new Outcome(
                exit,
                counted ? Long.parseLong(tally.group(1)) : 0,
                counted ? Long.parseLong(tally.group(2)) : 0,
                ended ? Long.parseLong(done.group(1)) : 0,
                ended ? Long.parseLong(done.group(2)) : 0,
                output);
    }
}
