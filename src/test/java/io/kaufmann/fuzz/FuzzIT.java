package io.kaufmann.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each decoder under Jazzer's mutations of real inputs. A finding fails the build; its input is the file {@code crash-...}
 * below {@code target/fuzz}: kept under {@code src/test/resources/fuzz}, it is tried in each build from then on.
 *
 * <p>For a longer hunt: {@code -Dkaufmann.fuzz.inputs=10000000 -Dkaufmann.fuzz.seed=$RANDOM}.
 */
class FuzzIT {

    private static final long INPUTS = Long.getLong("kaufmann.fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("kaufmann.fuzz.seed", 3);

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @MethodSource("io.kaufmann.fuzz.FuzzTargets#names")
    void mutatedRealInputsAreReadOrRefused(String target) throws Exception {
        Path directory = Path.of(System.getProperty("kaufmann.test.basedir", "."), "target", "fuzz")
                .resolve(FuzzTargets.shortName(target))
                .toAbsolutePath();
        FuzzRun.Outcome outcome = new FuzzRun(directory, target).run(INPUTS, SEED);

        System.out.printf("fuzzed %s, seed %d: %s%n", target, SEED, outcome);
        assertThat(outcome.exit())
                .as(() -> "found something, see " + outcome.output() + "\n" + outcome.finding())
                .isZero();
        assertThat(outcome.done()).as("inputs that Jazzer counted").isGreaterThanOrEqualTo(INPUTS);
        assertThat(outcome.tried()).as("inputs that the decoder was given").isGreaterThanOrEqualTo(INPUTS);
        assertThat(outcome.accepted())
                .as("good inputs among them")
                .isBetween(INPUTS / 500, outcome.tried() - INPUTS / 500);
        assertThat(outcome.coverage()).as("edges reached").isGreaterThan(100);
    }
}
