package io.kaufmann.cli;

import static io.kaufmann.task.SchemaFolder.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.task.SchemaFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tasks do with a real registry. Each test has subjects and types of its own. */
abstract class SchemaTasksSuite {

    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    Path root;

    private final String unique = "t" + TESTS.incrementAndGet();
    private final String order = "event." + unique + ".order";
    private final String item = unique + ".item";
    private final String type = unique + ".Item";
    private SchemaRegistry registry;
    private SchemaFolder folder;

    /** Where the registry is. */
    abstract String url();

    @BeforeEach
    void open() {
        registry = HttpSchemaRegistry.of(url());
        // Apicurio compares nothing unless it is told to.
        registry.settings().setLevel(CompatibilityLevel.BACKWARD);
        folder = new SchemaFolder(root.resolve("schemas"))
                .event(order, field("item", type), field("n", "int"))
                .record(item, type, field("x", "int"));
    }

    private CommandRun run(String command, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--registry", url(), "-p", folder.path().toString()));
        Collections.addAll(arguments, more);
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static String status(CommandRun run, String subject) {
        try {
            for (JsonNode schema : new JsonMapper().readTree(run.out()).path("schemas")) {
                if (schema.path("subject").asText().equals(subject)) {
                    return schema.path("status").asText();
                }
            }
            return "not there: " + run;
        } catch (IOException e) {
            throw new AssertionError(run.toString(), e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "reference"})
    void whatIsRegisteredIsReadAsTheFilesHaveIt(String form) {
        CommandRun first = run("migrate-schemas", "--metadata", form, "--json");

        assertThat(first.exitCode()).as("%s", first).isZero();
        assertThat(status(first, order)).isEqualTo("new");
        RegisteredSchema latest = registry.latest(order);
        assertThat(latest.schema())
                .isEqualTo(SchemaFiles.in(List.of(folder.path())).find(order).orElseThrow());
        assertThat(registry.byId(latest.id()).schema()).isEqualTo(latest.schema());
        CommandRun again = run("migrate-schemas", "--metadata", form, "--json");
        assertThat(again.exitCode()).as("%s", again).isZero();
        assertThat(status(again, order)).isEqualTo("unchanged");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "reference"})
    void changesAreJudged(String form) {
        assertThat(run("migrate-schemas", "--metadata", form).exitCode()).isZero();
        folder.event(order, field("item", type), field("n", "int"), field("more", "int", "0"));

        CommandRun check = run("check-schemas", "--metadata", form, "--json");
        assertThat(check.exitCode()).as("%s", check).isZero();
        assertThat(status(check, order)).isEqualTo("new version");
        assertThat(registry.versions(order)).containsExactly(1);

        CommandRun migration = run("migrate-schemas", "--metadata", form, "--json");
        assertThat(migration.exitCode()).as("%s", migration).isZero();
        assertThat(status(migration, order)).isEqualTo("new version");
        assertThat(status(migration, item)).isEqualTo("unchanged");
        assertThat(registry.versions(order)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "reference"})
    void whatMayNotFollowIsExplained(String form) {
        assertThat(run("migrate-schemas", "--metadata", form).exitCode()).isZero();
        folder.event(order, field("item", type), field("n", "int"), field("needed", "string"));

        for (String command : List.of("check-schemas", "migrate-schemas")) {
            CommandRun run = run(command, "--metadata", form);
            assertThat(run.exitCode()).as("%s", run).isEqualTo(1);
            assertThat(run.out()).contains(order + ", incompatible:", "needed", "1 incompatible");
        }
        assertThat(registry.versions(order)).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "reference"})
    void aResetTakesWhatMayNotFollow(String form) {
        assertThat(run("migrate-schemas", "--metadata", form).exitCode()).isZero();
        folder.event(order, field("item", type), field("needed", "string"));

        CommandRun asked = run("reset-schemas", "--metadata", form);
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.out()).contains(order, item);
        assertThat(registry.versions(order)).containsExactly(1);

        // Apicurio keeps what a softly deleted schema refers to.
        CommandRun done = form.equals("reference")
                ? run("reset-schemas", "--metadata", form, "--yes", "--permanent")
                : run("reset-schemas", "--metadata", form, "--yes");
        assertThat(done.exitCode()).as("%s", done).isZero();
        assertThat(registry.latest(order).schema().getField("payload").schema().getField("needed"))
                .isNotNull();
    }

    @Test
    void asAProcessItEndsWithItsExitCode() throws Exception {
        CommandRun well = process(
                "migrate-schemas", "--registry", url(), "-p", folder.path().toString());
        assertThat(well.exitCode()).as("%s", well).isZero();
        assertThat(well.out()).contains(order).containsPattern("\\d new").doesNotContain("\u001b");

        folder.with("torn.avsc", "{\"type\" 1}");
        CommandRun check = process(
                "check-schemas", "--registry", url(), "-p", folder.path().toString());
        assertThat(check.exitCode()).as("%s", check).isEqualTo(1);
        assertThat(check.out()).contains("torn.avsc, line 1, column 9");

        CommandRun misused = process("reset-schemas", "--registry", url());
        assertThat(misused.exitCode()).as("%s", misused).isEqualTo(2);
        assertThat(misused.err()).contains("No folder");
    }

    private CommandRun process(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.kaufmann.cli.Main"));
        Collections.addAll(command, arguments);
        Path out = root.resolve("out");
        Path err = root.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new CommandRun(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
