package io.kaufmann.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTopicsTest {

    @ParameterizedTest
    @CsvSource({
        "replies, replies",
        "replies.*, replies.greeter",
        "replies.*, replies.",
        "*, anything",
        "*.replies, orders.replies",
        "a*b*c, aXXbYYc",
        "a*b*c, abbbc",
        "a**c, ac",
        "_*, _x",
    })
    void allowsNamesAndPatterns(String item, String topic) {
        assertThat(CallbackTopics.of(item).allows(topic)).isTrue();
        assertThat(CallbackTopics.of(item)).accepts(topic);
    }

    @ParameterizedTest
    @CsvSource({
        "replies, replies2",
        "replies, Replies",
        "replies.*, replies",
        "replies.*, xreplies.greeter",
        "*.replies, orders.replies.x",
        "a*b*c, acb",
        "a.c, abc",
    })
    void refusesOthers(String item, String topic) {
        assertThat(CallbackTopics.of(item).allows(topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"__consumer_offsets", "__x", "", "a b", "a/b", "a\nb"})
    void refusesKafkasOwnTopicsAndWhatIsNoTopicWhateverThePatterns(String topic) {
        assertThat(CallbackTopics.of("*", "_*").allows(topic)).isFalse();
    }

    @Test
    void refusesNamesThatAreTooLongForKafka() {
        assertThat(CallbackTopics.of("*").allows("a".repeat(249))).isTrue();
        assertThat(CallbackTopics.of("*").allows("a".repeat(250))).isFalse();
    }

    @Test
    void allowsNothingWithoutItems() {
        assertThat(CallbackTopics.of().allows("replies")).isFalse();
        assertThat(CallbackTopics.of()).hasToString("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"__consumer_offsets", "__*", "", " ", "a b", "a,b", "a?"})
    void cannotBeMadeOfWhatNeverAllowsATopic(String item) {
        assertThatThrownBy(() -> CallbackTopics.of("replies", item)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAValue() {
        assertThat(CallbackTopics.of("a", "b*", "a")).isEqualTo(CallbackTopics.of("a", "b*"));
        assertThat(CallbackTopics.of("a", "b*")).hasToString("a, b*");
    }
}
