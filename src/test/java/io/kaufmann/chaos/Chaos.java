package io.kaufmann.chaos;

import io.kaufmann.ProcessingGuarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs chaos from a terminal: {@code mvn -Pchaos -Dchaos.seed=N -Dchaos.minutes=M}, and {@code -Dchaos.faults=kill_broker,...}
 * for some kinds of faults alone; {@code -Dchaos.guarantee=exactly_once} for services that promise that, and then a duplicate
 * is wrong too. Exits with 1 if anything is wrong.
 */
final class Chaos {

    private Chaos() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
        int minutes = Integer.getInteger("chaos.minutes", 2);
        Path home = Files.createDirectories(Path.of("target", "chaos", "seed-" + seed))
                .toAbsolutePath();
        Outcome outcome = new ChaosRun(seed, Duration.ofMinutes(minutes), home, System.out, kinds(), guarantee()).run();
        outcome.print(System.out);
        System.exit(outcome.violations().isEmpty() ? 0 : 1);
    }

    private static ProcessingGuarantee guarantee() {
        String given = System.getProperty("chaos.guarantee", "");
        return given.isBlank()
                ? ProcessingGuarantee.AT_LEAST_ONCE
                : ProcessingGuarantee.valueOf(given.strip().toUpperCase(Locale.ROOT));
    }

    private static List<FaultKind> kinds() {
        String only = System.getProperty("chaos.faults", "");
        return only.isBlank()
                ? List.of(FaultKind.values())
                : Stream.of(only.split(","))
                        .map(name -> FaultKind.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                        .toList();
    }
}
