package io.kaufmann.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.testing.FreePorts;
import io.kaufmann.testing.TestEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Kaufmann as a dependency: the README's classes, on the class path of a project that has only the installed artifact, as a
 * processes of their own.
 *
 * <p>Its tests mostly wait, each for processes of its own: two at a time.
 */
abstract class GreeterSuite {

    private static final Path PROJECT = Path.of(System.getProperty("kaufmann.test.greeter"));
    private static final Path SOURCES =
            Path.of(System.getProperty("kaufmann.test.basedir"), "src/it/greeter/src/main/java");
    private static final String SCHEMAS = "src/main/resources/schemas";

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void startsAnswersAndLeavesInOrder(TestEnvironment environment, @TempDir Path directory) throws Exception {
        try (ServiceWorld world = new ServiceWorld(environment, 2)) {
            GreeterProcess schemas = start("Schemas", directory, environment, world);
            assertThat(schemas.awaitEnd())
                    .as("registers its schemas: %s", schemas.output())
                    .isTrue();
            assertThat(schemas.exitCode()).as(schemas.output()).isZero();
            GreeterProcess greeter = start("Greeter", directory, environment, world);
            try {
                // It starts at the end of its topic: from here on, what is sent counts.
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> environment
                                        .topics()
                                        .committedOffsets(world.group, world.topic)
                                        .size()
                                == 2);
                GreeterProcess ask = start("Ask", directory, environment, world);
                assertThat(ask.awaitEnd())
                        .as("ends when it is answered: %s", ask.output())
                        .isTrue();
                assertThat(ask.output()).contains("The greeter says: Hello Ada");
                assertThat(ask.exitCode()).isZero();
                greeter.askToEnd();
                assertThat(greeter.awaitEnd())
                        .as("ends when asked to: %s", greeter.output())
                        .isTrue();
                assertThat(greeter.output()).contains("Service greeter is STOPPED");
                assertThat(world.allCommitted()).as("what it did is committed").isTrue();
            } finally {
                greeter.kill();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServiceThatWasKilledFindsWhatCameMeanwhile(TestEnvironment environment, @TempDir Path directory)
            throws Exception {
        try (ServiceWorld world = new ServiceWorld(environment, 2)) {
            assertThat(start("Schemas", directory, environment, world).awaitEnd())
                    .isTrue();
            GreeterProcess killed = start("Greeter", directory, environment, world);
            try {
                // It starts at the end of its topic, and has handled nothing yet.
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> environment
                                        .topics()
                                        .committedOffsets(world.group, world.topic)
                                        .size()
                                == 2);
            } finally {
                killed.kill();
            }
            assertThat(killed.awaitEnd()).isTrue();
            GreeterProcess ask = start("Ask", directory, environment, world);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> world.events("command.greet").size() == 1);
            GreeterProcess again = start("Greeter", directory, environment, world);
            try {
                assertThat(ask.awaitEnd())
                        .as("ends when it is answered: %s", ask.output())
                        .isTrue();
                assertThat(ask.output()).contains("The greeter says: Hello Ada");
            } finally {
                again.kill();
                ask.kill();
            }
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysWhatIsMissingAndEndsWhenNoBrokerIsThere(@TempDir Path directory) throws Exception {
        assumeThat(FreePorts.isFree(9092))
                .as("nothing listens where the README's broker is")
                .isTrue();
        GreeterProcess greeter = GreeterProcess.run(directory, PROJECT.resolve("greeter.jar"), "Greeter");
        try {
            assertThat(greeter.awaitEnd())
                    .as("ends by itself: %s", greeter.output())
                    .isTrue();
            assertThat(greeter.exitCode()).isEqualTo(1);
            assertThat(greeter.output())
                    .contains("Service greeter cannot start: no Kafka broker answered at localhost:9092 within 30 s (");
        } finally {
            greeter.kill();
        }
    }

    /** One of the project's classes with the addresses and names of this test in place of its own. */
    private static GreeterProcess start(String type, Path directory, TestEnvironment environment, ServiceWorld world)
            throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"))
                .replace("localhost:9092", environment.bootstrapServers())
                .replace("http://localhost:8081", environment.registryUrl())
                .replace("consumerGroup(\"greeter\")", "consumerGroup(\"" + world.group + "\")")
                .replace("\"rapids\"", "\"" + world.topic + "\"")
                .replace(
                        SCHEMAS,
                        SOURCES.resolve("../../..").resolve(SCHEMAS).normalize().toString())
                // So that a killed member is missed soon.
                .replace(".eventHandler(", ".kafkaConsumer(\"session.timeout.ms\", \"6000\").eventHandler(");
        Path changed = Files.writeString(directory.resolve(type + ".java"), source);
        return GreeterProcess.run(directory, PROJECT, changed.toString());
    }

    /** A JVM on the greeter project's class path. */
    private record GreeterProcess(Process process, Path log) {

        static GreeterProcess run(Path directory, Path first, String main) throws IOException {
            Path log = Files.createTempFile(directory, "greeter", ".log");
            String classPath = first
                    + java.io.File.pathSeparator
                    + Files.readString(PROJECT.resolve("classpath")).strip();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            classPath,
                            main)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new GreeterProcess(process, log);
        }

        void askToEnd() {
            process.destroy();
        }

        boolean awaitEnd() throws InterruptedException {
            return process.waitFor(60, TimeUnit.SECONDS);
        }

        int exitCode() {
            return process.exitValue();
        }

        String output() throws IOException {
            return Files.readString(log);
        }

        void kill() {
            process.destroyForcibly();
        }
    }
}
