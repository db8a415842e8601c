package io.kaufmann.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetaTest {

    @ParameterizedTest
    @CsvSource({
        "2018-01-01 12:00:00.123456Z, 2018-01-01T12:00:00.123456Z",
        "2018-01-01 12:00:00Z, 2018-01-01T12:00:00Z",
        "2018-01-01 12:00:00.123456, 2018-01-01T12:00:00.123456Z",
        "2018-01-01T12:00:00.123456Z, 2018-01-01T12:00:00.123456Z",
        "2018-01-01T12:00:00, 2018-01-01T12:00:00Z",
        "2018-01-01T12:00:00.5+02:00, 2018-01-01T10:00:00.5Z",
        "2018-01-01 12:00:00+02:00, 2018-01-01T10:00:00Z",
        "2018-01-01T12:00:00+01:00[Europe/Vienna], 2018-01-01T11:00:00Z",
        "2018-01-01T12:00:00.123456789Z, 2018-01-01T12:00:00.123456789Z",
    })
    void readsTimestampsOfKaufmannExAndIso8601(String text, Instant time) {
        Meta meta = Meta.of(Map.of("timestamp", text));

        assertThat(meta.timestamp()).contains(time);
        assertThat(meta.timestampText()).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "2018-01-01", "2018-13-01 12:00:00Z", "2018-01-01 25:00:00Z", "1514808000"})
    void aTimestampThatIsNoneIsKeptAsText(String text) {
        Meta meta = Meta.of(Map.of("timestamp", text));

        assertThat(meta.timestamp()).isEmpty();
        assertThat(meta.timestampText()).contains(text);
    }

    @Test
    void writesTimestampsAsKaufmannExDoes() {
        Meta meta = Meta.builder()
                .timestamp(Instant.parse("2018-01-01T12:00:00.123456789Z"))
                .build();

        assertThat(meta.timestampText()).contains("2018-01-01 12:00:00.123456Z");
        assertThat(meta.timestamp()).contains(Instant.parse("2018-01-01T12:00:00.123456Z"));
    }

    @Test
    void theStandardFieldsStandUnderTheirNamesOfTheWire() {
        Meta meta = Meta.builder()
                .messageId("m-1")
                .emitter("greeter", "greeter-1")
                .callbackId(Optional.of("c-1"))
                .messageName("event.greeted")
                .callbackTopic(Optional.of(CallbackTopic.of("answers", 3)))
                .build();

        assertThat(meta.fields())
                .containsExactly(
                        Map.entry("message_id", "m-1"),
                        Map.entry("emitter_service", "greeter"),
                        Map.entry("emitter_service_id", "greeter-1"),
                        Map.entry("callback_id", "c-1"),
                        Map.entry("message_name", "event.greeted"),
                        Map.entry("callback_topic", Map.of("topic", "answers", "partition", 3)));
        assertThat(meta.messageId()).contains("m-1");
        assertThat(meta.emitterService()).contains("greeter");
        assertThat(meta.emitterServiceId()).contains("greeter-1");
        assertThat(meta.callbackId()).contains("c-1");
        assertThat(meta.messageName()).contains("event.greeted");
        assertThat(meta.callbackTopic()).contains(CallbackTopic.of("answers", 3));
    }

    @Test
    void whatIsAbsentOrNullIsEmpty() {
        Meta nulls = Meta.builder()
                .callbackId(Optional.empty())
                .callbackTopic(Optional.empty())
                .build();

        for (Meta meta : new Meta[] {Meta.empty(), nulls}) {
            assertThat(meta.messageId()).isEmpty();
            assertThat(meta.callbackId()).isEmpty();
            assertThat(meta.timestamp()).isEmpty();
            assertThat(meta.callbackTopic()).isEmpty();
            assertThat(meta.nextCallbackTopic()).isEmpty();
            assertThat(meta.field("callback_id")).isEmpty();
        }
        assertThat(nulls.fields()).containsEntry("callback_id", null).containsEntry("callback_topic", null);
        assertThat(nulls.isEmpty()).isFalse();
        assertThat(Meta.builder().build()).isSameAs(Meta.empty());
    }

    @Test
    void aCallbackTopicMayLackItsParts() {
        Map<String, Object> onlyTopic = new HashMap<>();
        onlyTopic.put("topic", "answers");
        onlyTopic.put("partition", null);

        assertThat(Meta.of(Map.of("callback_topic", onlyTopic)).callbackTopic()).contains(CallbackTopic.of("answers"));
        assertThat(Meta.of(Map.of("callback_topic", Map.of())).callbackTopic())
                .contains(new CallbackTopic(Optional.empty(), OptionalInt.empty()));
        assertThat(Meta.of(Map.of("callback_topic", "answers")).callbackTopic()).isEmpty();
        assertThat(Meta.of(Map.of("next_callback_topic", Map.of("topic", "next")))
                        .nextCallbackTopic())
                .contains(CallbackTopic.of("next"));
    }

    @Test
    void otherFieldsAreKeptAndComeThroughABuilder() {
        Meta meta =
                Meta.of(Map.of("tenant", "acme")).toBuilder().messageId("m-1").build();

        assertThat(meta.field("tenant")).contains("acme");
        assertThat(meta).isEqualTo(Meta.of(meta.fields())).hasSameHashCodeAs(Meta.of(meta.fields()));
    }

    @Test
    void fieldsAreACopyThatNobodyChanges() {
        Map<String, Object> fields = new HashMap<>(Map.of("a", 1));
        Meta meta = Meta.of(fields);
        fields.put("a", 2);

        assertThat(meta.field("a")).contains(1);
        assertThatThrownBy(() -> meta.fields().put("a", 3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Meta.over(fields).fields().put("a", 3))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(Meta.over(fields)).isEqualTo(Meta.of(fields));
        assertThat(Meta.over(Map.of())).isSameAs(Meta.empty());
    }

    /** The second that was written last is remembered: no other may be taken for it. */
    @ParameterizedTest
    @CsvSource({
        "2018-01-01T12:00:00.123456789Z, 2018-01-01 12:00:00.123456Z",
        "2018-01-01T12:00:00.000007Z,    2018-01-01 12:00:00.000007Z",
        "2018-01-01T12:00:01Z,           2018-01-01 12:00:01.000000Z",
        "1969-12-31T23:59:59.999999Z,    1969-12-31 23:59:59.999999Z",
        "1970-01-01T00:00:00Z,           1970-01-01 00:00:00.000000Z",
    })
    void writesTimesInKaufmannExsForm(Instant time, String written) {
        for (int i = 0; i < 2; i++) {
            assertThat(Meta.builder().timestamp(time).build().timestampText()).contains(written);
        }
    }

    @Test
    void isNotChangedByItsBuilderAnyMore() {
        Meta.Builder builder = Meta.builder().messageId("1");
        Meta first = builder.build();
        Meta second = builder.messageId("2").build();
        assertThat(first.messageId()).contains("1");
        assertThat(second.messageId()).contains("2");
    }
}
