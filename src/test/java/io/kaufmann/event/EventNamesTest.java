package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamesTest {

    @Test
    void allContainsEveryName() {
        EventNames all = EventNames.all();

        assertThat(all.isAll()).isTrue();
        assertThat(all.isEmpty()).isFalse();
        assertThat(all.contains("anything")).isTrue();
        assertThat(all.names()).isEmpty();
        assertThat(all).hasToString("all events");
    }

    @Test
    void namedContainsJustThoseInTheirOrder() {
        EventNames names = EventNames.of("b", "a", "b");

        assertThat(names.names()).containsExactly("b", "a");
        assertThat(names.contains("a")).isTrue();
        assertThat(names.contains("a.b")).isFalse();
        assertThat(names.isAll()).isFalse();
        assertThat(names).hasToString("b, a");
    }

    @Test
    void noneIsEmpty() {
        assertThat(EventNames.of().isEmpty()).isTrue();
        assertThat(EventNames.of().contains("a")).isFalse();
        assertThat(EventNames.of()).isNotEqualTo(EventNames.all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a#1", "#"})
    void refusesWhatIsNoName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventNames.of("a", name))
                .withMessageContaining("Not an event name: '" + name + "'");
    }

    @Test
    void equalsByItsNames() {
        assertThat(EventNames.of("a", "b"))
                .isEqualTo(EventNames.of(List.of("b", "a")))
                .hasSameHashCodeAs(EventNames.of("b", "a"))
                .isNotEqualTo(EventNames.of("a"));
    }
}
