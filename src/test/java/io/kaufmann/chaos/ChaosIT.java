package io.kaufmann.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.ProcessingGuarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short chaos run; {@code mvn -Pchaos} makes long ones. */
class ChaosIT {

    @Test
    void losesNothingKeepsTheOrderAndDoesNotStall() throws Exception {
        // One by which what matters most comes first, whatever the machine reaches in two minutes.
        long seed = Long.getLong("chaos.seed", 20);
        Path home = Path.of(System.getProperty("kaufmann.test.basedir", "."), "target", "chaos", "it-" + seed);

        Outcome outcome = new ChaosRun(
                        seed,
                        Duration.ofMinutes(2),
                        home.toAbsolutePath(),
                        System.out,
                        List.of(FaultKind.values()),
                        ProcessingGuarantee.AT_LEAST_ONCE)
                .run();

        outcome.print(System.out);
        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.faults())
                .extracting(Fault::kind)
                .contains(
                        FaultKind.KILL_SERVICE,
                        FaultKind.KILL_BROKER,
                        FaultKind.FREEZE_SERVICE,
                        FaultKind.REBALANCE_STORM);
        assertThat(outcome.sent()).isGreaterThan(5_000);
    }
}
