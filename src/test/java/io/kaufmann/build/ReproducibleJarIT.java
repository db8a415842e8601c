package io.kaufmann.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources make the same jar, byte for byte: built again elsewhere, at another time, in another time zone. */
class ReproducibleJarIT {

    private static final Path ROOT = Path.of(System.getProperty("kaufmann.test.basedir"));
    private static final Path JAR = Path.of(System.getProperty("kaufmann.test.jar"));

    @Test
    void buildsTheSameBytesAgain(@TempDir Path elsewhere) throws Exception {
        for (String part : List.of("pom.xml", ".mvn", "src/main")) {
            copy(part, elsewhere);
        }
        build(elsewhere);

        assertSame(JAR, elsewhere);
        assertSame(JAR.resolveSibling(JAR.getFileName().toString().replace(".jar", "-sources.jar")), elsewhere);
    }

    private static void assertSame(Path jar, Path elsewhere) throws IOException {
        Path rebuilt = elsewhere.resolve("target").resolve(jar.getFileName());
        // The entries first: they say what differs.
        assertThat(entries(rebuilt)).isNotEmpty().isEqualTo(entries(jar));
        assertThat(rebuilt).hasSameBinaryContentAs(jar);
    }

    private static void build(Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("build.log");
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("kaufmann.test.maven.home"), "bin", windows ? "mvn.cmd" : "mvn")
                        .toString(),
                "--batch-mode",
                "--offline",
                "-Dmaven.repo.local=" + System.getProperty("kaufmann.test.maven.repository"),
                // What is there counts as downloaded, from whichever repository it came.
                "-Dmaven.legacyLocalRepo=true"));
        Stream.of("maven.test.skip", "enforcer.skip", "spotless.check.skip", "mdep.analyze.skip", "maven.javadoc.skip")
                .forEach(gate -> command.add("-D" + gate));
        command.add("package");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TZ", "Pacific/Auckland");
        Process maven = builder.start();
        boolean ended = maven.waitFor(5, TimeUnit.MINUTES);
        maven.destroyForcibly();
        assertThat(ended && maven.exitValue() == 0).as(Files.readString(log)).isTrue();
    }

    private static Map<String, String> entries(Path jar) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                try (InputStream content = file.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    boolean text =
                            entry.getName().endsWith(".MF") || entry.getName().endsWith(".properties");
                    entries.put(
                            entry.getName(),
                            entry.getTimeLocal() + " "
                                    + (text
                                            ? new String(bytes, UTF_8)
                                            : HexFormat.of().toHexDigits(entry.getCrc())));
                }
            }
        }
        return entries;
    }

    private static void copy(String part, Path elsewhere) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(part))) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = elsewhere.resolve(ROOT.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
