package io.kaufmann.internal.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.testing.Silence;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many schedules; {@code -Dsimulation.seed=N} repeats one, {@code -Dsimulation.schedules=N} runs so many. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 10_000);
    // They take longer.
    private static final int OF_TRANSACTIONS = Integer.getInteger("simulation.schedules", 2_000);
    private static final Long ONE = Long.getLong("simulation.seed");
    private static final int ENOUGH_TO_MEET_ALL = 2_000;

    private final Silence silence = Silence.of("io.kaufmann");

    @AfterEach
    void speak() {
        silence.close();
    }

    @Test
    void keepsItsPromisesWhateverComesInWhateverOrder() {
        run(SCHEDULES, Simulation::new);
    }

    @Test
    void answersExactlyOnceWhateverComesInWhateverOrder() {
        SimMeetings met = new SimMeetings();
        run(OF_TRANSACTIONS, seed -> Simulation.exactlyOnce(seed, met));
        if (OF_TRANSACTIONS >= ENOUGH_TO_MEET_ALL && ONE == null) {
            assertThat(met.missing()).as("what no schedule came through").isEmpty();
        }
    }

    private static void run(int schedules, LongFunction<Simulation> simulation) {
        long first = ONE == null ? 1 : ONE;
        long last = ONE == null ? schedules : ONE;
        for (long seed = first; seed <= last; seed++) {
            try {
                simulation.apply(seed).run();
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
            assertThat(exactlyOnce(seed)).isEqualTo(exactlyOnce(seed));
        }
    }

    private static long exactlyOnce(long seed) {
        return Simulation.exactlyOnce(seed, new SimMeetings()).run();
    }
}
