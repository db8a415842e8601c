package io.kaufmann.mutants;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Breaks the library in each of the ways that {@code src/test/mutants} tells, one at a time and in a copy, and runs the test that
 * must find it: {@code mvn -Pmutants}. Ends with 1 when a test passes all the same.
 */
final class Mutants {

    private static final long LONGEST_TEST_MINUTES = 5;

    private final Path base;
    private final Path work;

    private Mutants(Path base) {
        this.base = base;
        this.work = base.resolve("target/mutants");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(new Mutants(Path.of("").toAbsolutePath()).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        List<Mutant> mutants = Mutant.all(base.resolve("src/test/mutants"));
        boolean well = true;
        Set<String> checked = new HashSet<>();
        for (Mutant mutant : mutants) {
            // A test that fails anyhow would catch everything.
            if (checked.add(mutant.test()) && test(mutant.test(), List.of(), "unbroken") != 0) {
                System.out.println("FAILS UNBROKEN  " + mutant.test());
                well = false;
            }
        }
        for (Mutant mutant : mutants) {
            int result = test(mutant.test(), List.of(broken(mutant).toString()), mutant.name());
            boolean caught = result == 1;
            well &= caught;
            System.out.printf("%-9s %-38s %s%n", caught ? "caught" : "SURVIVES", mutant.name(), mutant.breaks());
            if (caught) {
                System.out.println("          by " + simple(mutant.test()) + ": " + lastLine(mutant.name()));
            }
        }
        System.out.println(well ? "All " + mutants.size() + " are caught" : "Some are not caught");
        return well;
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private String lastLine(String name) throws IOException {
        List<String> lines = Files.readAllLines(log(name));
        String last =
                lines.stream().filter(line -> line.contains("(): ")).findFirst().orElse("");
        return last.length() > 160 ? last.substring(0, 160) + "..." : last;
    }

    private Path log(String name) {
        return work.resolve(name + ".log");
    }

    /** The classes of a broken copy. */
    private Path broken(Mutant mutant) throws IOException, InterruptedException {
        Path copy = work.resolve(mutant.name());
        Path sources = copy.resolve("src/main/java");
        copySources(base.resolve("src/main/java"), sources);
        ProcessBuilder apply = new ProcessBuilder("git", "apply", mutant.patch().toString()).directory(copy.toFile());
        // The copy is no part of the repository that it lies in.
        apply.environment().put("GIT_CEILING_DIRECTORIES", work.toString());
        if (apply.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(mutant.patch() + " does not apply. Make it anew");
        }
        Path classes = Files.createDirectories(copy.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn"));
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .forEach(file -> arguments.add(file.toString()));
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, System.err, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException(mutant.patch() + " does not compile");
        }
        return classes;
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** How a test ends, with these classes before all others; -1 when it does not end. */
    private int test(String type, List<String> first, String name) throws IOException, InterruptedException {
        Files.createDirectories(work);
        List<String> path = new ArrayList<>(first);
        path.add(System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dsimulation.schedules=2000",
                        "-cp",
                        String.join(File.pathSeparator, path),
                        OneTest.class.getName(),
                        type)
                .redirectErrorStream(true)
                .redirectOutput(log(name).toFile())
                .start();
        if (!process.waitFor(LONGEST_TEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }
}
