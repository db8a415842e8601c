package io.kaufmann.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made to do harm is refused, by a JVM whose heap would not hold what it asks for. */
class HostileInputsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.kaufmann.codec.avro.AvroHostileCases",
                "io.kaufmann.codec.avro.SerdeHostileCases",
                "io.kaufmann.codec.json.JsonHostileCases",
                "io.kaufmann.schema.SchemaHostileCases"
            })
    void areRefusedWithASmallHeap(String cases) throws Exception {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m", // Of which an input of 100 MB and its like take the most.
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileMain.class.getName(),
                        cases)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();

        String lines = Files.readString(output, StandardCharsets.UTF_8);
        System.out.println(lines);
        assertThat(ended).as("ended, after\n" + lines).isTrue();
        assertThat(process.exitValue()).as(lines).isZero();
        assertThat(lines).contains(" cases, 0 wrong");
    }
}
