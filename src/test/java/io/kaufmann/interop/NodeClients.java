package io.kaufmann.interop;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The node programs of {@code src/test/interop} and the clients that they use, installed by npm below {@code target}: once
 * for all tests, and again only when other versions are asked for.
 *
 * <p>A test is skipped, and says why, where there is no node, or no network to install the clients from. In a CI that has
 * node ({@code CI=true}), clients that cannot be installed are a failure.
 */
public final class NodeClients {

    private static final Path SOURCES = Path.of(System.getProperty("kaufmann.test.basedir", "."), "src/test/interop");
    private static final Path HOME = Path.of(System.getProperty("kaufmann.test.basedir", "."), "target/interop");
    private static final int OLDEST_NODE = 20;
    private static final Duration INSTALLED_WITHIN = Duration.ofMinutes(5);
    private static final Pattern NO_NETWORK =
            Pattern.compile("ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT");

    private static final List<String> NPM_CI = List.of(
            npm(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefer-offline",
            "--fetch-retry-mintimeout=1000",
            "--fetch-retry-maxtimeout=5000");

    /** How it ended in this JVM; guarded by the class. */
    private static Optional<Command.Outcome> installation = Optional.empty();

    private NodeClients() {}

    /** The programs, ready to run; ends the test when they cannot be. */
    public static synchronized NodeClients installed() {
        whyMissing().ifPresent(reason -> abort(reason));
        if (installation.isEmpty()) {
            installation = Optional.of(install());
        }
        Command.Outcome outcome = installation.get();
        if (outcome.exitCode() != 0) {
            refuse(outcome.output() + outcome.errors());
        }
        return new NodeClients();
    }

    /** Other builds on the same directory wait for it. */
    private static Command.Outcome install() {
        try {
            Files.createDirectories(HOME);
            try (FileChannel file = FileChannel.open(
                            HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                assert lock.isValid();
                copySources();
                return installClients();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param input what it reads from its standard input
     * @param program the file's name and its arguments
     * @return what it printed to its standard output
     * @throws AssertionError when it failed, with what it printed to its error output
     */
    public String run(String input, String... program) {
        List<String> command =
                Stream.concat(Stream.of("node"), Stream.of(program)).toList();
        Command.Outcome outcome = Command.run(HOME, command, input, Duration.ofSeconds(90));
        if (outcome.exitCode() != 0) {
            fail(String.join(" ", command) + " failed:\n" + outcome.errors());
        }
        return outcome.output();
    }

    private static Optional<String> whyMissing() {
        Optional<String> version = Command.find(List.of("node", "--version"));
        if (version.isEmpty()) {
            return Optional.of("There is no node on the PATH to run clients of other makers");
        }
        String major = version.get().replaceFirst("^v(\\d+)\\..*", "$1");
        if (!major.matches("\\d+") || Integer.parseInt(major) < OLDEST_NODE) {
            return Optional.of("node is " + version.get() + ", and the clients need " + OLDEST_NODE + " or later");
        }
        return Command.find(List.of(npm(), "--version")).isEmpty()
                ? Optional.of("There is node but no npm on the PATH to install clients of other makers")
                : Optional.empty();
    }

    private static String npm() {
        return System.getProperty("os.name").startsWith("Windows") ? "npm.cmd" : "npm";
    }

    private static void copySources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .toList()) {
                Path copy = HOME.resolve(SOURCES.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Command.Outcome installClients() throws IOException {
        String wanted = Files.readString(SOURCES.resolve("package-lock.json"));
        Path installed = HOME.resolve("installed-lock.json");
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return new Command.Outcome(0, "", "");
        }
        Command.Outcome outcome = Command.run(HOME, NPM_CI, "", INSTALLED_WITHIN);
        if (outcome.exitCode() == 0) {
            Files.writeString(installed, wanted);
        }
        return outcome;
    }

    private static void refuse(String said) {
        Optional<String> noNetwork =
                said.lines().filter(line -> NO_NETWORK.matcher(line).find()).findFirst();
        if (noNetwork.isPresent() && !"true".equals(System.getenv("CI"))) {
            abort("npm could not fetch the clients of other makers: " + noNetwork.get());
        }
        fail("npm ci failed in " + HOME + ":\n" + said);
    }
}
