package io.kaufmann.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs chaos from a terminal: {@code mvn -Pchaos -Dchaos.seed=N -Dchaos.minutes=M}. Exits with 1 if anything is wrong. */
final class Chaos {

    private Chaos() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        long seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
        int minutes = Integer.getInteger("chaos.minutes", 2);
        Path home = Files.createDirectories(Path.of("target", "chaos", "seed-" + seed))
                .toAbsolutePath();
        Outcome outcome = new ChaosRun(seed, Duration.ofMinutes(minutes), home, System.out).run();
        outcome.print(System.out);
        System.exit(outcome.violations().isEmpty() ? 0 : 1);
    }
}
