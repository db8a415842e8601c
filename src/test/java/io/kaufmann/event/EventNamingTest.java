package io.kaufmann.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventNamingTest {

    private final Headers headers = new RecordHeaders();

    @Test
    void theKeyIsTheNameWithTheOrderingKey() {
        EventName name =
                EventNaming.key().name(headers, bytes("user.created#42")).orElseThrow();
        assertThat(name.base()).isEqualTo("user.created");
        assertThat(name.orderingKey()).contains("42");
        assertThat(EventNaming.key().name(headers, null)).isEmpty();

        assertThat(EventNaming.key().key(name)).hasValue(bytes("user.created#42"));
        EventNaming.key().tell(name, headers);
        assertThat(headers).isEmpty();
    }

    @Test
    void aHeaderIsTheNameAndTheKeyIsTheOrderingKey() {
        EventNaming naming = EventNaming.header("ce_type");
        assertThat(naming.name(headers, bytes("42"))).isEmpty();
        naming.tell(EventName.of("user.created#42"), headers);

        assertThat(naming.name(headers, bytes("42"))).contains(EventName.of("user.created#42"));
        assertThat(naming.name(headers, null)).contains(EventName.of("user.created"));
        assertThat(naming.key(EventName.of("user.created#42"))).hasValue(bytes("42"));
        assertThat(naming.key(EventName.of("user.created"))).isEmpty();
    }

    @Test
    void theLastHeaderCountsAndItIsToldOnce() {
        EventNaming naming = EventNaming.header("type");
        headers.add("type", bytes("old")).add("type", bytes("user.deleted"));
        assertThat(naming.name(headers, null)).contains(EventName.of("user.deleted"));

        naming.tell(EventName.of("user.created"), headers);

        assertThat(headers.headers("type"))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).isEqualTo(bytes("user.created")));
    }

    @Test
    void aHeaderWithoutATextTellsNoName() {
        EventNaming naming = EventNaming.header("type");
        headers.add("type", null);
        assertThat(naming.name(headers, null)).isEmpty();
        headers.add("type", bytes(" "));
        assertThat(naming.name(headers, null)).isEmpty();
        headers.add("type", bytes("#42"));
        assertThat(naming.name(headers, bytes("42"))).isEmpty();
    }

    @Test
    void aRecordsNameIsToldByItsValueAlone() {
        EventNaming naming = EventNaming.record();
        assertThat(naming.isByRecord()).isTrue();
        assertThat(naming.name(headers, bytes("42"))).isEmpty();
        assertThat(naming.named("com.acme.UserCreated", bytes("42")))
                .isEqualTo(EventName.of("com.acme.UserCreated#42"));
        assertThat(naming.key(EventName.of("com.acme.UserCreated#42"))).hasValue(bytes("42"));
        assertThat(naming.key(EventName.of("com.acme.UserCreated"))).isEmpty();
    }

    @Test
    void anOrderingKeyThatIsEmptyIsOne() {
        assertThat(EventNaming.record().named("A", bytes(""))).isEqualTo(EventName.of("A#"));
        assertThat(EventNaming.record().key(EventName.of("A#"))).hasValue(bytes(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "record", "header:ce_type"})
    void isWrittenAsItIsRead(String text) {
        assertThat(EventNaming.parse(text)).hasToString(text).isEqualTo(EventNaming.parse(text));
        assertThat(EventNaming.parse(text).hashCode())
                .isEqualTo(EventNaming.parse(text).hashCode());
        assertThat(EventNaming.parse(text).isByRecord()).isEqualTo(text.equals("record"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys", "header", "header:", "header: "})
    void saysWhatASettingMayBe(String text) {
        assertThatThrownBy(() -> EventNaming.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header:NAME");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
