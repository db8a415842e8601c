package io.kaufmann.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaufmann.internal.handoff.ParkedKeys.Round;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ParkedKeysTest {

    private static final OptionalLong FIRST_TIME = OptionalLong.empty();

    private final ParkedKeys parked = new ParkedKeys();

    @Test
    void parksWhatComesBehindAFailedEventOfItsKey() {
        assertThat(parked.behind("ada", FIRST_TIME)).isEmpty();

        parked.failed("ada", 10);

        assertThat(parked.behind("ada", FIRST_TIME)).hasValue(10);
        assertThat(parked.behind("eve", FIRST_TIME)).isEmpty();
    }

    @Test
    void freesAKeyWhenTheLastOfItsRoundIsThrough() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);
        parked.parked("ada", 15);
        assertThat(parked.behind("ada", OptionalLong.of(10))).isEmpty();
        parked.redriven("ada", 10);
        assertThat(parked.behind("ada", FIRST_TIME)).hasValue(10);
        parked.redriven("ada", 12);
        assertThat(parked.behind("ada", FIRST_TIME)).hasValue(10);

        parked.redriven("ada", 15);

        assertThat(parked.behind("ada", FIRST_TIME)).isEmpty();
        assertThat(parked.rounds()).isEmpty();
    }

    /** An event that came back and failed again has a later offset by then: those behind it are of the old round. */
    @Test
    void parksTheRestOfARoundAgainWhenOneOfItFailsAgain() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);

        parked.failed("ada", 20);

        assertThat(parked.behind("ada", OptionalLong.of(12))).hasValue(20);
        parked.parked("ada", 21);
        parked.redriven("ada", 20);
        assertThat(parked.behind("ada", OptionalLong.of(21))).isEmpty();
        parked.redriven("ada", 21);
        assertThat(parked.rounds()).isEmpty();
    }

    @Test
    void isNotChangedByWhatIsDeliveredTwice() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);
        parked.parked("ada", 12);
        parked.parked("ada", 11);

        assertThat(parked.round("ada")).contains(new Round(10, 12));
        parked.redriven("ada", 12);
        parked.parked("ada", 12);
        parked.redriven("ada", 12);
        assertThat(parked.rounds()).isEmpty();
    }

    @Test
    void isWhatAnEarlierOwnerLeft() {
        parked.failed("ada", 10);
        ParkedKeys next = new ParkedKeys(parked.rounds());
        assertThat(next.behind("ada", FIRST_TIME)).hasValue(10);
    }

    /** It stands in commits: a change would free every parked key. */
    @Test
    void knowsKeysByAHashThatStays() {
        assertThat(Long.toHexString(ParkedKeys.hash("ada"))).isEqualTo("19eba5a3716f0525");
        assertThat(ParkedKeys.hash("ada")).isNotEqualTo(ParkedKeys.hash("adb"));
    }
}
