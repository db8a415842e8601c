package io.kaufmann.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kaufmann.testing.BrokerProcess;
import io.kaufmann.testing.DevelopmentRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The benchmark: a broker in a process of its own, topics that are filled before, and the contestants in turn, each in a fresh JVM,
 * several rounds interleaved. It writes a ledger with each ratio against the plain loop of the same round.
 */
public final class Bench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int LONGEST_RUN_SECONDS = 60;

    private final Path home;
    private final String bootstrapServers;
    private final String registryUrl;
    private final Load load;
    private int runs;

    private Bench(Path home, String bootstrapServers, String registryUrl, Load load) {
        this.home = home;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
        this.load = load;
    }

    /** {@code Bench FOLDER}, where the ledger goes. */
    public static void main(String... arguments) throws Exception {
        Path home = Files.createDirectories(Path.of(arguments[0]));
        List<Work> works = Works.all().stream().filter(Bench::isWanted).toList();
        if (works.isEmpty()) {
            throw new IllegalArgumentException("No work is named as in -Dbench.only. There are: "
                    + Works.all().stream().map(Work::name).toList());
        }
        try (BrokerProcess broker = BrokerProcess.started();
                DevelopmentRegistry registry = DevelopmentRegistry.start();
                Load load = new Load(broker.bootstrapServers(), registry.url())) {
            Ledger ledger = new Ledger(home);
            new Bench(home, broker.bootstrapServers(), registry.url(), load).run(works, ledger);
            System.out.println(ledger.markdown());
        }
    }

    private static boolean isWanted(Work work) {
        return contains(System.getProperty("bench.only", ""), work.name());
    }

    private static boolean isWanted(Contestant.Kind kind) {
        return contains(System.getProperty("bench.who", ""), kind.title);
    }

    /** Whether one of the wanted texts, separated by semicolons, is in a name, or after a = is the name; all are when none is given. */
    private static boolean contains(String wanted, String name) {
        for (String one : wanted.toLowerCase(Locale.ROOT).split(";")) {
            String text = one.strip();
            String lower = name.toLowerCase(Locale.ROOT);
            if (text.startsWith("=") ? lower.equals(text.substring(1)) : lower.contains(text)) {
                return true;
            }
        }
        return false;
    }

    private void run(List<Work> works, Ledger ledger) throws Exception {
        for (Work work : works) {
            for (int round = 1; round <= ROUNDS; round++) {
                reference(work, ledger, round);
                for (Contestant.Kind kind : work.contestants()) {
                    if (kind != Contestant.Kind.PLAIN_LOOP && isWanted(kind)) {
                        run(work, kind, round, ledger);
                    }
                }
                ledger.write();
            }
        }
    }

    /** The plain loop without a wait on the same topic, which every ratio is against. */
    private void reference(Work work, Ledger ledger, int round) throws Exception {
        if (work.kind() == Work.Kind.THROUGHPUT || work.kind() == Work.Kind.LATENCY) {
            Work plain = new Work(
                    work.name(), work.topic(), work.kind(), 0, work.ordering(), work.reply(), work.contestants());
            Optional<Outcome> outcome = start(plain, Contestant.Kind.PLAIN_LOOP, false);
            ledger.add(work, Contestant.Kind.PLAIN_LOOP, round, outcome);
        }
    }

    private void run(Work work, Contestant.Kind kind, int round, Ledger ledger) throws Exception {
        if (work.kind() == Work.Kind.STUCK_PARTITION) {
            Optional<Outcome> free = start(work, kind, false);
            Optional<Outcome> stuck = start(work, kind, true);
            ledger.addStuck(work, kind, round, free, stuck);
        } else {
            ledger.add(work, kind, round, start(work, kind, false));
        }
    }

    private Optional<Outcome> start(Work work, Contestant.Kind kind, boolean stuck) throws Exception {
        String replies = "replies-" + ++runs;
        Thread sender = new Thread(() -> load.sendAtRate(work.topic(), work.kind().rate));
        try {
            load.fill(work.topic());
            load.create(
                    replies, work.topic().partitions() > 8 ? 8 : work.topic().partitions());
            if (work.kind().rate > 0) {
                sender.start();
            }
            return fork(
                    new Contestant.Setup(kind, work, bootstrapServers, registryUrl, "bench-" + runs, replies), stuck);
        } finally {
            sender.interrupt();
            sender.join();
            load.delete(replies);
            if (work.kind().rate > 0) {
                load.delete(work.topic().name());
            }
        }
    }

    /** The Parallel Consumer needs an older client, before the others' on its class path. */
    private static String classPath(Contestant.Kind kind) {
        String all = System.getProperty("java.class.path");
        return kind.needsOlderClient()
                ? Path.of(System.getProperty("bench.peers"), "kafka-clients.jar") + File.pathSeparator + all
                : all;
    }

    private Optional<Outcome> fork(Contestant.Setup setup, boolean stuck) throws IOException, InterruptedException {
        Path result = home.resolve("outcome-" + runs + ".json");
        // One of an earlier ledger would be taken for this run's.
        Files.deleteIfExists(result);
        Path log = home.resolve("run-" + runs + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dbench.stuck=" + stuck,
                "-Dbench.kaufmann=" + System.getProperty("bench.kaufmann", ""),
                "-Dlogback.configurationFile=bench-logback.xml"));
        for (String option : System.getProperty("bench.jvm", "").split(" ")) {
            if (!option.isBlank()) {
                command.add(option);
            }
        }
        command.addAll(List.of(
                "-cp",
                classPath(setup.kind()),
                Runner.class.getName(),
                JSON.writeValueAsString(setup),
                result.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS) || !Files.exists(result)) {
                System.out.printf(
                        "%-40s %-30s no outcome, see %s%n", setup.work().name(), setup.kind().title, log);
                return Optional.empty();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        Outcome outcome = JSON.readValue(result.toFile(), Outcome.class);
        System.out.printf(
                Locale.ROOT,
                "%-40s %-30s %,10.0f/s %6.2f us CPU %,8.0f B  start %,5d ms  %s%n",
                setup.work().name(),
                setup.kind().title + (stuck ? ", stuck" : ""),
                outcome.eventsPerSecond(),
                outcome.cpuMicrosPerEvent(),
                outcome.bytesPerEvent(),
                outcome.startMillis(),
                outcome.more());
        return Optional.of(outcome);
    }
}
