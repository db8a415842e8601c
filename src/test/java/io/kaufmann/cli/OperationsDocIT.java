package io.kaufmann.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.task.SchemaFolder;
import io.kaufmann.testing.EmbeddedEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands print what docs/operations.md shows, but for times and ports: the shown texts are files, which the documents' own test
 * compares with the document. To write them anew: {@code -Dkaufmann.docs.write=true}.
 */
class OperationsDocIT {

    private static final Path SHOWN =
            Path.of(System.getProperty("kaufmann.test.basedir", ".")).resolve("src/test/resources/docs/operations");

    private final EmbeddedEnvironment environment = EmbeddedEnvironment.start();

    @TempDir
    private Path home;

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void aReplayAndItsGroup() throws IOException {
        ReplayWorld world = new ReplayWorld(environment, home, "");
        world.deposit(5_000);
        world.serve(home.resolve("first"));
        world.deposit(100);
        String settings = settings(world, Forgetful.class, "");

        shows("describe", 0, "describe", "-c", settings);
        shows("no-group", 1, "describe", "-c", settings, "--group", "account");
        shows("reinit-dry-run", 0, "reinit-service", "-c", settings, "--to", "committed", "--dry-run");
        shows("reinit", 0, "reinit-service", "-c", settings, "--to", "committed");
    }

    @Test
    void deadLetters() throws IOException {
        ReplayWorld world = new ReplayWorld(environment, home, "");
        environment.topics().create("deposits.dead", 2);
        world.deposit(2);
        String settings = settings(world, Failing.class, "kaufmann.dead.letter.topic=deposits.dead\n");
        try (Kaufmann service = Kaufmann.start(KaufmannConfig.from(Path.of(settings)))) {
            Awaitility.await("all have failed")
                    .failFast(() -> service.state().isFinal())
                    .until(world::isThrough);
        }

        shows("redrive-dry-run", 0, "redrive", "-c", settings, "--dry-run");
        shows("redrive", 0, "redrive", "-c", settings);
        shows("redrive-again", 0, "redrive", "-c", settings);
    }

    @Test
    void schemas() throws IOException {
        Path schemas = home.resolve("schemas");
        SchemaFolder files = new SchemaFolder(schemas)
                .event("command.order.place", SchemaFolder.field("item", "shop.Item"))
                .event("event.order.placed", SchemaFolder.field("item", "shop.Item"))
                .record("shop.item", "shop.Item", SchemaFolder.field("sku", "string"));
        SchemaFolder before = new SchemaFolder(home.resolve("before"))
                .event("command.order.place", SchemaFolder.field("item", "string"))
                .event("event.order.placed", SchemaFolder.field("item", "string"));
        String[] where = {"--registry", environment.registryUrl(), "-p", schemas.toString()};

        shows("migrate", 0, with(where, "migrate-schemas"));
        var changed = files.event(
                "event.order.placed",
                SchemaFolder.field("item", "shop.Item"),
                SchemaFolder.field("currency", "string"));
        shows("migrate-incompatible", 1, with(where, "migrate-schemas"));
        shows(
                "check-against",
                1,
                "check-schemas",
                "-p",
                schemas.toString(),
                "--against",
                before.path().toString());
        Files.writeString(
                changed.path().resolve("event.order.placed.avsc"),
                "{\n  \"type\": \"record\",\n  \"name\" \"event\"\n}\n");
        shows("migrate-invalid", 1, with(where, "migrate-schemas"));
        Files.delete(changed.path().resolve("event.order.placed.avsc"));
        shows("reset-asks", 2, with(where, "reset-schemas"));
    }

    private static String[] with(String[] where, String command) {
        return Stream.concat(Stream.of(command), Stream.of(where)).toArray(String[]::new);
    }

    /** The world's settings with a handler that needs nothing else. */
    private String settings(ReplayWorld world, Class<?> handler, String more) throws IOException {
        String settings = Files.readString(world.settings).replace(Accounts.class.getName(), handler.getName());
        return Files.writeString(home.resolve("settings.properties"), settings + more)
                .toString();
    }

    /** Answers as {@link Accounts} does, and keeps nothing. */
    public static final class Forgetful implements EventHandler {
        @Override
        public Result givenEvent(Event event) {
            return Result.reply(Accounts.OUT, event.payload().asMap());
        }
    }

    /** Fails. */
    public static final class Failing implements EventHandler {
        @Override
        public Result givenEvent(Event event) {
            throw new IllegalStateException("The ledger is closed");
        }
    }

    private void shows(String name, int exitCode, String... arguments) throws IOException {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as("%s", run).isEqualTo(exitCode);
        String printed = (run.out() + run.err())
                .replace(home + "/", "")
                .replace(environment.registryUrl(), "http://localhost:8081")
                .strip();
        Path file = SHOWN.resolve(name + ".txt");
        if (Boolean.getBoolean("kaufmann.docs.write")) {
            Files.createDirectories(SHOWN);
            Files.writeString(file, printed + "\n");
        }
        assertThat(comparable(printed)).isEqualTo(comparable(Files.readString(file, UTF_8)));
    }

    private static String comparable(String text) {
        return text.strip()
                .replaceAll("\\d+(\\.\\d+)? s\\b", "... s")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z *", "...Z ");
    }
}
