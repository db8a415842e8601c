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
        assertThat(parked.behind("ada", 100, FIRST_TIME)).isEmpty();

        parked.failed("ada", 10);

        assertThat(parked.behind("ada", 100, FIRST_TIME)).hasValue(10);
        assertThat(parked.behind("eve", 100, FIRST_TIME)).isEmpty();
    }

    @Test
    void freesAKeyWhenTheLastOfItsRoundIsThrough() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);
        parked.parked("ada", 15);
        assertThat(parked.behind("ada", 100, OptionalLong.of(10))).isEmpty();
        parked.redriven("ada", 10);
        assertThat(parked.behind("ada", 100, FIRST_TIME)).hasValue(10);
        parked.redriven("ada", 12);
        assertThat(parked.behind("ada", 100, FIRST_TIME)).hasValue(10);

        parked.redriven("ada", 15);

        assertThat(parked.behind("ada", 100, FIRST_TIME)).isEmpty();
        assertThat(parked.rounds()).isEmpty();
    }

    /** An event that came back and failed again has a later offset by then: those behind it are of the old round. */
    @Test
    void parksTheRestOfARoundAgainWhenOneOfItFailsAgain() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);

        parked.failed("ada", 20);

        assertThat(parked.behind("ada", 100, OptionalLong.of(12))).hasValue(20);
        parked.parked("ada", 21);
        parked.redriven("ada", 20);
        assertThat(parked.behind("ada", 100, OptionalLong.of(21))).isEmpty();
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

    /** After a crash the event that failed, and those before it, may be delivered again: they are handled, not parked. */
    @Test
    void parksNothingThatCameBeforeTheRoundOrBeganIt() {
        parked.failed("ada", 10);
        parked.parked("ada", 12);
        assertThat(parked.behind("ada", 9, FIRST_TIME)).isEmpty();
        assertThat(parked.behind("ada", 10, FIRST_TIME)).isEmpty();
        assertThat(parked.behind("ada", 12, FIRST_TIME)).hasValue(10);

        parked.failed("ada", 10);

        assertThat(parked.round("ada")).contains(new Round(10, 12));
    }

    @Test
    void parksNoMoreKeysThanItMay() {
        for (int i = 0; i < ParkedKeys.MOST; i++) {
            assertThat(parked.failed("key " + i, i)).isTrue();
        }
        assertThat(parked.failed("one more", 20_000)).isFalse();
        assertThat(parked.behind("one more", 20_001, FIRST_TIME)).isEmpty();
        assertThat(parked.failed("key 0", 20_002)).isTrue();

        parked.redriven("key 1", 1);

        assertThat(parked.failed("one more", 20_003)).isTrue();
    }

    @Test
    void isWhatAnEarlierOwnerLeft() {
        parked.failed("ada", 10);
        ParkedKeys next = new ParkedKeys(parked.rounds());
        assertThat(next.behind("ada", 100, FIRST_TIME)).hasValue(10);
    }

    /** It stands in commits: a change would free every parked key. */
    @Test
    void knowsKeysByAHashThatStays() {
        assertThat(Long.toHexString(ParkedKeys.hash("ada"))).isEqualTo("19eba5a3716f0525");
        assertThat(ParkedKeys.hash("ada")).isNotEqualTo(ParkedKeys.hash("adb"));
    }
}
