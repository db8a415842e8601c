package io.kaufmann.health;

import static io.kaufmann.health.State.CREATED;
import static io.kaufmann.health.State.DRAINING;
import static io.kaufmann.health.State.FAILED;
import static io.kaufmann.health.State.RUNNING;
import static io.kaufmann.health.State.STARTING;
import static io.kaufmann.health.State.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateTest {

    /** The drawing in State's javadoc, arrow by arrow. */
    private static final Map<State, Set<State>> DRAWING = new EnumMap<>(Map.of(
            CREATED, EnumSet.of(STARTING),
            STARTING, EnumSet.of(RUNNING, FAILED),
            RUNNING, EnumSet.of(DRAINING, FAILED),
            DRAINING, EnumSet.of(STOPPED, FAILED),
            STOPPED, EnumSet.noneOf(State.class),
            FAILED, EnumSet.noneOf(State.class)));

    @Test
    void stepsAreThoseOfTheDrawing() {
        for (State from : State.values()) {
            for (State to : State.values()) {
                assertThat(from.canBecome(to))
                        .as(from + " -> " + to)
                        .isEqualTo(DRAWING.get(from).contains(to));
            }
        }
    }

    @Test
    void finalStatesAreThoseWithoutAWayOn() {
        for (State state : State.values()) {
            assertThat(state.isFinal())
                    .as(state.name())
                    .isEqualTo(DRAWING.get(state).isEmpty());
        }
    }
}
