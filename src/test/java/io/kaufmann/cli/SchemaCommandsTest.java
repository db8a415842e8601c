package io.kaufmann.cli;

import static io.kaufmann.task.SchemaFolder.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kaufmann.task.SchemaFolder;
import io.kaufmann.testing.DevelopmentRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class SchemaCommandsTest {

    @TempDir
    Path root;

    private final DevelopmentRegistry server = DevelopmentRegistry.start();
    private SchemaFolder folder;

    @BeforeEach
    void write() {
        folder = new SchemaFolder(root.resolve("schemas"))
                .event("event.a", field("x", "int"))
                .event("event.b", field("x", "int"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun run(String command, String... more) {
        String[] arguments = new String[more.length + 5];
        arguments[0] = command;
        arguments[1] = "--registry";
        arguments[2] = server.url();
        arguments[3] = "--schema-path";
        arguments[4] = folder.path().toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CommandRun.of(arguments);
    }

    private static JsonNode json(CommandRun run) throws Exception {
        return new JsonMapper().readTree(run.out());
    }

    @Test
    void migrationShowsATable() {
        CommandRun run = run("migrate-schemas");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(String::strip))
                .containsExactly(
                        "SUBJECT  STATUS  VERSION  ID",
                        "-------  ------  -------  --",
                        "event.a  new           1   1",
                        "event.b  new           1   2",
                        "",
                        "2 new");
    }

    @Test
    void explanationsStandBelowTheTable() {
        run("migrate-schemas");
        folder.event("event.b", field("x", "int"), field("needed", "int"));

        CommandRun run = run("migrate-schemas");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("event.b  incompatible        -   -")
                .containsPattern("event.b, incompatible:\\R    .*needed.*")
                .endsWith("1 unchanged, 1 incompatible" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemas seed", "schemas.seed"})
    void kaufmannExsNamesDoTheSame(String name) {
        String command = name + " --registry " + server.url() + " --schema-path " + folder.path();

        assertThat(CommandRun.of(command.split(" ")).exitCode()).isZero();

        assertThat(server.contents().subjects()).containsExactly("event.a", "event.b");
    }

    @Test
    void machinesGetJson() throws Exception {
        JsonNode first = json(run("migrate-schemas", "--json"));

        assertThat(first.path("well").asBoolean()).isTrue();
        assertThat(first.at("/schemas/0/subject").asText()).isEqualTo("event.a");
        assertThat(first.at("/schemas/0/status").asText()).isEqualTo("new");
        assertThat(first.at("/schemas/0/version").asInt()).isEqualTo(1);
        assertThat(first.at("/schemas/0/file").asText()).endsWith("event.a.avsc");
        folder.with("torn.avsc", "{");
        CommandRun check = run("check-schemas", "--json");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(json(check).at("/schemas/2/status").asText()).isEqualTo("invalid");
        assertThat(json(check).at("/schemas/2/version").isNull()).isTrue();
        CommandRun reset = run("reset-schemas", "--json");
        assertThat(reset.exitCode()).isEqualTo(2);
        assertThat(json(reset).at("/wouldDelete/event.a/0").asInt()).isEqualTo(1);
    }

    @Test
    void coloursAreForTerminals() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Main.run(
                writer,
                writer,
                Ansi.ON,
                "migrate-schemas",
                "--registry",
                server.url(),
                "-p",
                folder.path().toString());

        assertThat(out.toString()).contains("\u001b[32mnew\u001b[0m");
        assertThat(run("migrate-schemas").out()).doesNotContain("\u001b");
    }

    @Test
    void checkingWritesNothing() {
        CommandRun run = run("check-schemas");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("2 new");
        assertThat(server.contents().subjects()).isEmpty();
    }

    @Test
    void checkingAgainstAnotherRevisionNeedsNoRegistry() {
        SchemaFolder before = new SchemaFolder(root.resolve("before"))
                .event("event.a", field("x", "int"), field("y", "int"))
                .event("event.c", field("x", "int"));
        String[] check = {
            "check-schemas",
            "-p",
            folder.path().toString(),
            "--against",
            before.path().toString()
        };

        CommandRun backward = CommandRun.of(check);
        assertThat(backward.exitCode()).isZero();
        assertThat(backward.out()).contains("1 new, 1 new version, 1 removed");

        CommandRun full = CommandRun.of(check[0], check[1], check[2], check[3], check[4], "--level", "full");
        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.out()).contains("event.a, incompatible:", "y");
    }

    @Test
    void resettingAsksFirst() {
        run("migrate-schemas");

        CommandRun asked = run("reset-schemas");
        assertThat(asked.exitCode()).isEqualTo(2);
        assertThat(asked.out()).contains("event.a", "event.b", "VERSIONS");
        assertThat(asked.err()).contains("would delete these 2 subjects", "--yes");
        assertThat(server.contents().versions("event.a")).containsExactly(1);

        CommandRun done = run("reset-schemas", "--yes", "--permanent");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("2 new", "Deleted before: version 1");
    }

    @Test
    void foldersComeFromTheConfigurationToo() throws Exception {
        Path file = Files.writeString(
                root.resolve("greeter.properties"),
                "kaufmann.schema.registry.url=" + server.url() + "\nkaufmann.schema.path="
                        + folder.path().toString().replace("\\", "/"));
        SchemaFolder more = new SchemaFolder(root.resolve("more")).event("event.c", field("x", "int"));

        CommandRun run = CommandRun.of(
                "migrate-schemas", "-c", file.toString(), "-p", more.path().toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("3 new");
    }

    @Test
    void misuseIsToldInASentence() {
        assertUsage("No folder of schemas", "migrate-schemas", "--registry", server.url());
        assertUsage(
                "kaufmann.schema.registry.url",
                "migrate-schemas",
                "-p",
                folder.path().toString());
        assertUsage(
                "kaufmann.schema.registry.url",
                "reset-schemas",
                "-p",
                folder.path().toString());
        assertUsage(
                "kaufmann.schema.registry.url",
                "check-schemas",
                "-p",
                folder.path().toString());
        assertUsage("Say 'schemas seed'", "schemas");
        assertThat(run("check-schemas", "--level", "FULL").exitCode()).isEqualTo(2);
        assertThat(run("migrate-schemas", "--metadata", "nested").exitCode()).isEqualTo(2);
    }

    private static void assertUsage(String message, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void aFolderThatIsNotThereIsAFailure() {
        CommandRun run = CommandRun.of("migrate-schemas", "--registry", server.url(), "-p", "no/such/folder");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("There is no folder no").doesNotContain("\tat ");
    }

    @Test
    void secretsAreNotShown() {
        server.requireBasic("anna", "right");
        String url = server.url().replace("http://", "http://anna:wrong-secret@");

        CommandRun run = CommandRun.of(
                "migrate-schemas", "--registry", url, "-p", folder.path().toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("401").doesNotContain("wrong-secret");
        assertThat(run.out()).contains("2 not tried").doesNotContain("wrong-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate-schemas", "check-schemas", "reset-schemas"})
    void helpShowsExamples(String command) {
        CommandRun run = CommandRun.of(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Examples:", "kaufmann " + command, "Exit codes:");
    }
}
