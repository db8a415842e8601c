package io.kaufmann.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.event.Event;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.Result;
import io.kaufmann.testing.EmbeddedEnvironment;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/**
 * The commands print what docs/operations.md shows, but for times and ports: the shown texts are files, which the documents' own test
 * compares with the document. To write them anew: {@code -Dkaufmann.docs.write=true}.
 */
class OperationsDocIT {

    private static final Path SHOWN =
            Path.of(System.getProperty("kaufmann.test.basedir", ".")).resolve("src/test/resources/docs/operations");

    private static EmbeddedEnvironment environment;

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        environment = EmbeddedEnvironment.start();
    }

    @AfterAll
    static void stop() {
        environment.close();
    }

    @Test
    void aReplay() throws IOException {
        ReplayWorld world = new ReplayWorld(environment, home, "");
        world.deposit(5_000);
        world.serve(home.resolve("first"));
        String settings = settings(world).toString();

        shows("reinit-dry-run", 0, "reinit-service", "-c", settings, "--to", "committed", "--dry-run");
        shows("reinit", 0, "reinit-service", "-c", settings, "--to", "committed");
    }

    /** With a handler that needs nothing else. */
    private Path settings(ReplayWorld world) throws IOException {
        String settings = Files.readString(world.settings).replace(Accounts.class.getName(), Forgetful.class.getName());
        return Files.writeString(home.resolve("forgetful.properties"), settings);
    }

    /** Answers as {@link Accounts} does, and keeps nothing. */
    public static final class Forgetful implements EventHandler {
        @Override
        public Result givenEvent(Event event) {
            return Result.reply(Accounts.OUT, event.payload().asMap());
        }
    }

    private static void shows(String name, int exitCode, String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF, arguments);
        String printed = out.toString() + err;
        assertThat(code).as(printed).isEqualTo(exitCode);
        Path file = SHOWN.resolve(name + ".txt");
        if (Boolean.getBoolean("kaufmann.docs.write")) {
            Files.createDirectories(SHOWN);
            Files.writeString(file, printed.stripTrailing() + "\n");
        }
        assertThat(comparable(printed)).isEqualTo(comparable(Files.readString(file, UTF_8)));
    }

    private static String comparable(String text) {
        return text.strip()
                .replaceAll("\\d+(\\.\\d+)? s\\b", "... s")
                .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:...")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "...Z");
    }
}
