package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventNameTest {

    @ParameterizedTest
    @CsvSource({
        "event.user.created#42, event.user.created, 42",
        "event.user.created#4#2, event.user.created, 4#2",
        "event.user.created#, event.user.created, ''",
        "#42, '', 42",
        "#, '', ''",
    })
    void theOrderingKeyIsWhatFollowsTheFirstHash(String text, String base, String key) {
        EventName name = EventName.of(text);

        assertThat(name.text()).isEqualTo(text);
        assertThat(name.base()).isEqualTo(base);
        assertThat(name.orderingKey()).contains(key);
    }

    /** Names that come again share their base, and none gets another's. */
    @Test
    void keepsNamesApartThatLookAlike() {
        for (int round = 0; round < 3; round++) {
            assertThat(EventName.of("ab.x#1").base()).isEqualTo("ab.x");
            assertThat(EventName.of("cd.x#2").base()).isEqualTo("cd.x");
            assertThat(EventName.of("ab.x").base()).isEqualTo("ab.x");
            assertThat(EventName.of("#3").base()).isEmpty();
            assertThat(EventName.of("y".repeat(300) + "#4").base()).isEqualTo("y".repeat(300));
        }
        assertThat(EventName.of("ab.x#5").base())
                .isSameAs(EventName.of("ab.x#6").base());
    }

    @Test
    void withoutHashThereIsNoOrderingKey() {
        EventName name = EventName.of("event.user.created");

        assertThat(name.base()).isEqualTo("event.user.created");
        assertThat(name.orderingKey()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "event.error, true",
        "event.error#42, true",
        "event.error.command.x, true",
        "event.error.command.x#42, true",
        "event.errors, false",
        "event.erro, false",
        "an.event.error.x, false",
        "command.x#event.error, false",
    })
    void knowsErrorEvents(String text, boolean error) {
        assertThat(EventName.of(text).isError()).isEqualTo(error);
    }

    @Test
    void theErrorEventKeepsTheOrderingKey() {
        assertThat(EventName.of("command.x#42").toError()).isEqualTo(EventName.of("event.error.command.x#42"));
        assertThat(EventName.of("command.x").toError().isError()).isTrue();
    }

    @Test
    void printsNoControlCharactersAndNoMoreThanALineBears() {
        assertThat(EventName.of("a\nb\u0000\u2028é").printable()).isEqualTo("a\\u000ab\\u0000\\u2028é");
        assertThat(EventName.of("x".repeat(200)).printable()).isEqualTo("x".repeat(200));
        assertThat(EventName.of("x".repeat(201)).printable()).isEqualTo("x".repeat(200) + "...");
    }

    @Test
    void equalsByItsFullText() {
        assertThat(EventName.of("a#1"))
                .isEqualTo(EventName.of("a#1"))
                .hasSameHashCodeAs(EventName.of("a#1"))
                .isNotEqualTo(EventName.of("a"))
                .isNotEqualTo("a#1")
                .hasToString("a#1");
        assertThatNullPointerException().isThrownBy(() -> EventName.of(null));
    }
}
