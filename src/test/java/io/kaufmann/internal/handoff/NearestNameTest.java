package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> NAMES = List.of("max.demand", "drain.timeout", "linger.ms", "linger.time.ms");

    @ParameterizedTest
    @CsvSource({
        "max.demnd, max.demand",
        "max-demand, max.demand",
        "MAX_DEMAND, max.demand",
        "maxDemand, max.demand",
        "drain.timeuot, drain.timeout",
        "linger, linger.ms",
    })
    void findsWhatWasMeant(String mistyped, String meant) {
        assertThat(NearestName.of(mistyped, NAMES)).contains(meant);
    }

    @Test
    void doesNotGuessWildly() {
        assertThat(NearestName.of("colour.of.the.sky", NAMES)).isEmpty();
        assertThat(NearestName.of("x", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, '', 3", "abc, abc, 0", "ab, ba, 2"})
    void countsChangedLetters(String from, String to, int distance) {
        assertThat(NearestName.distance(from, to)).isEqualTo(distance);
    }
}
