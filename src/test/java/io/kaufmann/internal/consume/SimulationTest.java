package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.Silence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many schedules; {@code -Dsimulation.seed=N} repeats one, {@code -Dsimulation.schedules=N} runs so many. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 10_000);

    private final Silence silence = Silence.of("io.kaufmann");

    @AfterEach
    void speak() {
        silence.close();
    }

    @Test
    void keepsItsPromisesWhateverComesInWhateverOrder() {
        Long one = Long.getLong("simulation.seed");
        long first = one == null ? 1 : one;
        long last = one == null ? SCHEDULES : one;
        for (long seed = first; seed <= last; seed++) {
            try {
                new Simulation(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "Schedule " + seed + " (-Dsimulation.seed=" + seed + "): " + e.getMessage(), e);
            }
        }
    }

    /** A seed that failed must fail again. */
    @Test
    void isTheSameForTheSameSeed() {
        for (long seed = 1; seed <= 50; seed++) {
            assertThat(new Simulation(seed).run()).isEqualTo(new Simulation(seed).run());
        }
    }
}
