package io.kaufmann.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.Kaufmann;
import io.kaufmann.KaufmannConfig;
import io.kaufmann.health.State;
import io.kaufmann.testing.TestEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A service's history is replayed by a process of its own, as an operator does it. */
abstract class ReinitServiceSuite {

    private static final int EVENTS = 50_000;
    private static final int TERMINATED = 143;

    @TempDir
    Path home;

    /** The environment with the registry that is asked. */
    TestEnvironment with(TestEnvironment environment) {
        return environment;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rebuildsTheStateExactlyAndPublishesNothing(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(EVENTS);
        Map<String, Accounts.Account> first = world.serve(home.resolve("first"));
        Map<Integer, Long> published = world.ends(world.replies);
        assertThat(published.values().stream().mapToLong(end -> end).sum()).isEqualTo(EVENTS);

        CommandProcess.Outcome dry = world.reinit(home.resolve("none"), "--dry-run");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("50,000 events in all. Nothing was done.");
        assertThat(world.isThrough()).isTrue();

        Path muted = home.resolve("muted.jsonl");
        Path rebuilt = home.resolve("rebuilt");
        CommandProcess.Outcome outcome = world.reinit(rebuilt, "--json", "--muted-to", muted.toString());

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(outcome.out());
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(report.at("/muted/" + Accounts.OUT).asInt()).isEqualTo(EVENTS);
        assertThat(Files.readAllLines(muted)).hasSize(EVENTS);
        assertThat(Accounts.state(rebuilt)).isEqualTo(first);
        assertThat(Accounts.lines(rebuilt)).isEqualTo(EVENTS);
        assertThat(world.ends(world.replies)).isEqualTo(published);
        assertThat(world.isThrough()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void goesOnAfterSigtermAtAboutAHalf(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(EVENTS);
        Map<String, Accounts.Account> first = world.serve(home.resolve("first"));
        Map<Integer, Long> published = world.ends(world.replies);

        Path rebuilt = home.resolve("rebuilt");
        CommandProcess interrupted = world.start(rebuilt);
        awaitLines(interrupted, rebuilt, EVENTS / 3);
        interrupted.terminate();
        CommandProcess.Outcome stopped = interrupted.await();

        assertThat(stopped.exitCode()).as(stopped.toString()).isEqualTo(TERMINATED);
        assertThat(stopped.out()).contains("Stopped after").contains("Go on with --resume.");
        long done = Accounts.lines(rebuilt);
        assertThat(done).isBetween((long) EVENTS / 3, (long) EVENTS - 1);
        // What was begun was finished, and all of it committed.
        assertThat(world.committed().values().stream().mapToLong(at -> at).sum())
                .isEqualTo(done);

        // What comes in the meantime is for the service, not for the replay.
        world.deposit(100);
        CommandProcess.Outcome anew = world.reinit(rebuilt);
        assertThat(anew.exitCode()).isEqualTo(1);
        assertThat(anew.err()).contains("stopped before its end").contains("--resume");

        CommandProcess.Outcome resumed = world.reinit(rebuilt, "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("Replayed");
        assertThat(Accounts.lines(rebuilt)).isEqualTo(EVENTS);
        assertThat(Accounts.state(rebuilt)).isEqualTo(first);
        assertThat(world.ends(world.replies)).isEqualTo(published);
        assertThat(world.committed().values().stream().mapToLong(at -> at).sum())
                .isEqualTo(EVENTS);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void goesOnAfterAKill(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        int events = EVENTS / 2;
        world.deposit(events);
        Map<String, Accounts.Account> first = world.serve(home.resolve("first"));
        Map<Integer, Long> published = world.ends(world.replies);

        Path rebuilt = home.resolve("rebuilt");
        CommandProcess killed = world.start(rebuilt);
        awaitLines(killed, rebuilt, events / 3);
        killed.kill();
        killed.await();

        awaitNoMembers(world);
        CommandProcess.Outcome resumed = world.reinit(rebuilt, "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Accounts.state(rebuilt)).isEqualTo(first);
        assertThat(world.ends(world.replies)).isEqualTo(published);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void replaysPartsAndPublishesWhenItIsTold(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);
        world.serve(home.resolve("first"));

        CommandProcess.Outcome outcome = world.reinit(
                home.resolve("rebuilt"),
                "--from",
                "90",
                "--from",
                world.topic + ":2=95",
                "--to",
                "committed",
                "--publish");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Replayed 35 events");
        assertThat(Accounts.lines(home.resolve("rebuilt"))).isEqualTo(35);
        assertThat(world.ends(world.replies).values().stream()
                        .mapToLong(end -> end)
                        .sum())
                .isEqualTo(435);
        assertThat(world.isThrough()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysWhatIsWrong(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);

        assertFails(here(world, "--from", "50", "--to", "20"), 1, "would end at offset 20", "before it begins at 50");
        assertFails(here(world, "--from", "yesterday"), 2, "'yesterday' is no place in a partition");
        assertFails(here(world, "--from", world.topic + ":17=3"), 1, "The service reads no partition", "-17");
        assertFails(here(world, "--resume"), 1, "has no replay to resume");
        assertFails(here(world, "--resume", "--from", "3"), 2, "leave --from and --to out");
        assertFails(
                here(world, "--set", "kaufmann.default.topic=no-such-topic"), 1, "There is no topic 'no-such-topic'");
        assertFails(here(world, "--set", "kaufmann.event.handler=no.such.Handler"), 2, "no.such.Handler");
        assertFails(
                here(
                        world,
                        "--bootstrap-servers",
                        "localhost:1",
                        "--set",
                        "kafka.default.api.timeout.ms=2000",
                        "--set",
                        "kafka.request.timeout.ms=1000"),
                1,
                "no broker answers");
        assertThat(world.committed()).isEmpty();

        KaufmannConfig config = KaufmannConfig.builder()
                .file(world.settings)
                .eventHandler(new Accounts(home.resolve("first")))
                .build();
        try (Kaufmann service = Kaufmann.start(config)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(world::isThrough);
            assertThat(service.state().isFinal()).isFalse();
            assertFails(here(world), 1, "Group " + world.group + " is in use", "accounts-", "Stop the service");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void leavesTheGroupAsItIsWhenItCannotStart(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);
        world.serve(home.resolve("first"));
        Path file = home.resolve("rebuilt");
        String lines = Files.readString(world.settings).replaceAll("kaufmann.schema.registry.url=.*\\R", "");
        Path without = Files.writeString(home.resolve("without.properties"), lines);

        CommandProcess.Outcome noRegistry = CommandProcess.run(
                home, Map.of(Accounts.FILE, file.toString()), "reinit-service", "-c", without.toString());
        assertFails(noRegistry, 2, "kaufmann.schema.registry.url is missing");
        assertFails(
                world.reinit(file, "--registry", "http://localhost:1", "--set", "kaufmann.start.timeout=2s"),
                1,
                "localhost:1");
        assertFails(
                world.reinit(file, "--muted-to", home.resolve("none/muted").toString()),
                1,
                "Cannot write",
                "none/muted");

        assertThat(world.isThrough()).isTrue();
        assertThat(Accounts.lines(file)).isZero();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aServiceDoesNotAnswerAnewWhatAReplayLeft(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);
        world.serve(home.resolve("first"));
        Map<Integer, Long> published = world.ends(world.replies);
        world.commitReplay(40, 100);

        KaufmannConfig config = KaufmannConfig.builder()
                .file(world.settings)
                .eventHandler(new Accounts(home.resolve("second")))
                .build();
        try (Kaufmann service = Kaufmann.start(config)) {
            Awaitility.await("it fails").atMost(Duration.ofSeconds(30)).until(() -> service.state() == State.FAILED);
        }
        assertThat(Accounts.lines(home.resolve("second"))).isZero();
        assertThat(world.ends(world.replies)).isEqualTo(published);
        assertThat(world.isThrough()).isFalse();

        // Given up: the service goes on where it had come to.
        CommandProcess.Outcome givenUp =
                world.reinit(home.resolve("rebuilt"), "--from", "committed", "--to", "committed");
        assertThat(givenUp.exitCode()).as(givenUp.toString()).isZero();
        assertThat(world.isThrough()).isTrue();
        world.deposit(8);
        world.serve(home.resolve("third"));
        assertThat(Accounts.lines(home.resolve("third"))).isEqualTo(8);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void comesToItsEndThoughItsLogWasCut(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);
        world.serve(home.resolve("first"));
        world.commitReplay(40, 100);
        world.deleteBefore(0, 100);
        world.deleteBefore(1, 60);

        CommandProcess.Outcome outcome = world.reinit(home.resolve("rebuilt"), "--resume");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(Accounts.lines(home.resolve("rebuilt"))).isEqualTo(40 + 60 + 60);
        assertThat(world.isThrough()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void doesNotCallItWellWhenEventsFail(TestEnvironment environment) throws Exception {
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(40);
        world.serve(home.resolve("first"));

        CommandProcess.Outcome outcome = world.reinit(
                home.resolve("rebuilt"), "--set", "kaufmann.event.handler=" + OperationsDocIT.Failing.class.getName());

        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.err()).contains("40 events failed");
        assertThat(outcome.out()).contains("event.error." + Accounts.IN);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void stopsWhenItCannotWriteDownWhatIsMuted(TestEnvironment environment) throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "There is no /dev/full on this system");
        ReplayWorld world = new ReplayWorld(with(environment), home);
        world.deposit(400);
        world.serve(home.resolve("first"));

        assertFails(
                world.reinit(home.resolve("rebuilt"), "--muted-to", full.toString()),
                1,
                "What is not published cannot be written down",
                "--resume");
        CommandProcess.Outcome resumed = world.reinit(home.resolve("rebuilt"), "--resume");
        assertThat(resumed.exitCode()).as(resumed.toString()).isZero();
    }

    /** In this process, with a handler that needs nothing: for what is wrong before it is asked. */
    private static CommandProcess.Outcome here(ReplayWorld world, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "reinit-service",
                "-c",
                world.settings.toString(),
                "-s",
                "kaufmann.event.handler=" + OperationsDocIT.Forgetful.class.getName()));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        return new CommandProcess.Outcome(run.exitCode(), run.out(), run.err());
    }

    private static void assertFails(CommandProcess.Outcome outcome, int exitCode, String... words) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        assertThat(outcome.err()).contains(words).doesNotContain("\tat ").doesNotContain("This is a bug");
    }

    private static void awaitLines(CommandProcess process, Path file, int lines) {
        Awaitility.await("a part of the replay is done")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(20))
                .failFast(() -> !process.isAlive())
                .until(() -> Accounts.lines(file) >= lines);
    }

    private static void awaitNoMembers(ReplayWorld world) {
        Awaitility.await("the killed member's session ends")
                .atMost(Duration.ofMinutes(2))
                .until(() -> world.environment.topics().isGroupEmpty(world.group));
    }
}
