package io.kaufmann.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short chaos run; {@code mvn -Pchaos} makes long ones. */
class ChaosIT {

    @Test
    void losesNothingKeepsTheOrderAndDoesNotStall() throws Exception {
        long seed = Long.getLong("chaos.seed", 4);
        Path home = Path.of(System.getProperty("kaufmann.test.basedir", "."), "target", "chaos", "it-" + seed);

        Outcome outcome = new ChaosRun(seed, Duration.ofMinutes(2), home.toAbsolutePath(), System.out).run();

        outcome.print(System.out);
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.faults()).hasSizeGreaterThan(5);
        assertThat(outcome.sent()).isGreaterThan(5_000);
    }
}
