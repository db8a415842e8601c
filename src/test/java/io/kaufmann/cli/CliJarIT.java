package io.kaufmann.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.task.DeadLetterBox;
import io.kaufmann.task.SchemaFolder;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;
import io.kaufmann.testing.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The self-contained jar, started as a process: it needs nothing else, and prints nothing that was not asked for. */
@RunsOn(Platform.LOCAL)
class CliJarIT {

    private static final Path JAR =
            Path.of(System.getProperty("kaufmann.test.jar", "target/none")).resolveSibling("kaufmann-cli.jar");

    @TempDir
    private Path home;

    private CommandProcess.Outcome run(String... arguments) throws Exception {
        return CommandProcess.startJar(home, JAR, arguments).await();
    }

    @Test
    void tellsItsVersionAndItsCommands() throws Exception {
        CommandProcess.Outcome version = run("--version");
        assertThat(version.exitCode()).as(version.toString()).isZero();
        assertThat(version.out()).startsWith("kaufmann 0.");
        assertThat(version.err()).isEmpty();

        CommandProcess.Outcome help = run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("migrate-schemas", "check-schemas", "reset-schemas", "reinit-service", "redrive", "describe");
        assertThat(run().exitCode()).isEqualTo(2);
        assertThat(run("migrate").exitCode()).isEqualTo(2);
    }

    @Test
    void registersSchemas(TestEnvironment environment) throws Exception {
        String event = Topics.unique("event.jar").replace('-', '_');
        SchemaFolder folder =
                new SchemaFolder(home.resolve("schemas")).event(event, SchemaFolder.field("name", "string"));
        String[] where = {
            "--registry", environment.registryUrl(), "-p", folder.path().toString()
        };

        CommandProcess.Outcome first = run("schemas", "seed", where[0], where[1], where[2], where[3]);
        assertThat(first.exitCode()).as(first.toString()).isZero();
        assertThat(first.out()).contains(event).contains("1 new");
        assertThat(first.err()).isEmpty();

        CommandProcess.Outcome check = run("check-schemas", where[0], where[1], where[2], where[3], "--json");
        assertThat(check.exitCode()).as(check.toString()).isZero();
        JsonNode report = new ObjectMapper().readTree(check.out());
        assertThat(report.at("/schemas/0/status").asText()).isEqualTo("unchanged");
    }

    @Test
    void sendsDeadLettersBackAndDescribes(TestEnvironment environment) throws Exception {
        DeadLetterBox box = new DeadLetterBox(environment, 2);
        box.write("order.placed", "a", 0);
        String[] settings = {
            "--bootstrap-servers",
            environment.bootstrapServers(),
            "--group",
            box.group,
            "-s",
            "kaufmann.dead.letter.topic=" + box.dead
        };

        CommandProcess.Outcome sent =
                run("redrive", settings[0], settings[1], settings[2], settings[3], settings[4], settings[5]);
        assertThat(sent.exitCode()).as(sent.toString()).isZero();
        assertThat(sent.out()).contains("1 letters in " + box.dead + ": 1 sent.");
        assertThat(sent.err()).isEmpty();
        assertThat(box.sent()).hasSize(1);

        CommandProcess.Outcome memory = run(
                "describe", "--bootstrap-servers", environment.bootstrapServers(), "--group", box.dead + ".redrive");
        assertThat(memory.exitCode()).as(memory.toString()).isZero();
        assertThat(memory.out())
                .contains("Group " + box.dead + ".redrive: Empty")
                .contains("Lag: 0");
    }

    @Test
    void saysInASentenceThatNobodyAnswers() throws Exception {
        CommandProcess.Outcome outcome = run(
                "describe",
                "--bootstrap-servers",
                "localhost:1",
                "--group",
                "orders",
                "-s",
                "kafka.request.timeout.ms=1000",
                "-s",
                "kafka.default.api.timeout.ms=2000");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("No broker answers", "--bootstrap-servers")
                .doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
    }
}
