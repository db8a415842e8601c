package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.CallbackTopic;
import io.kaufmann.event.EventName;
import io.kaufmann.event.Meta;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class JsonDecodingTest {

    private final JsonEvents json = new JsonEvents();

    @Test
    void readsMetaAndPayload() {
        Decoded event = json.decode("{\"meta\":{\"message_id\":\"m1\"},\"payload\":{\"id\":1}}");
        assertThat(event.meta()).isEqualTo(Meta.builder().messageId("m1").build());
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L));
    }

    @Test
    void readsMetadataAndPayload() {
        Decoded event = json.decode("{\"payload\":{\"id\":1},\"metadata\":{\"message_id\":\"m1\"}}");
        assertThat(event.meta().messageId()).contains("m1");
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L));
    }

    @Test
    void readsMetaBesideThePayloadsKeys() {
        Decoded event = json.decode("{\"id\":1,\"meta\":{\"message_id\":\"m1\"},\"name\":\"Ada\"}");
        assertThat(event.meta().messageId()).contains("m1");
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L, "name", "Ada"));
    }

    @Test
    void readsAnObjectWithoutMetaAsAllPayload() {
        Decoded event = json.decode("{\"id\":1}");
        assertThat(event.meta()).isEqualTo(Meta.empty());
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L));
    }

    @Test
    void readsPayloadWithoutMetaAsAField() {
        assertThat(json.decode("{\"payload\":{\"id\":1}}").payload().value())
                .isEqualTo(Map.of("payload", Map.of("id", 1L)));
    }

    @Test
    void ignoresWhatStandsBesideMetaAndPayload() {
        Decoded event = json.decode("{\"meta\":{},\"payload\":{\"id\":1},\"version\":2}");
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L));
    }

    @Test
    void readsMetadataWithoutPayloadAsAField() {
        Decoded event = json.decode("{\"id\":1,\"metadata\":{\"tag\":\"x\"}}");
        assertThat(event.meta()).isEqualTo(Meta.empty());
        assertThat(event.payload().value()).isEqualTo(Map.of("id", 1L, "metadata", Map.of("tag", "x")));
    }

    @Test
    void readsAMetaThatIsNoObjectAsAField() {
        assertThat(json.decode("{\"meta\":\"tag\",\"payload\":1}").payload().value())
                .isEqualTo(Map.of("meta", "tag", "payload", 1L));
        assertThat(json.decode("{\"meta\":[1]}").payload().value()).isEqualTo(Map.of("meta", List.of(1L)));
    }

    @Test
    void readsNullMetaAsNone() {
        assertThat(json.decode("{\"meta\":null,\"payload\":7}").payload().value())
                .isEqualTo(7L);
        assertThat(json.decode("{\"meta\":null,\"id\":7}").meta()).isEqualTo(Meta.empty());
        assertThat(json.decode("{\"meta\":null,\"id\":7}").payload().value()).isEqualTo(Map.of("id", 7L));
    }

    @Test
    void keepsAllFieldsOfMeta() {
        Meta meta = json.decode("""
                {"meta": {"message_id": "m1", "emitter_service": "shop", "emitter_service_id": "shop-1",
                  "callback_id": null, "message_name": "command.greet", "timestamp": "2018-01-01 12:00:00.123456Z",
                  "callback_topic": {"topic": "answers", "partition": 3}, "tenant": {"id": 5}}, "payload": {}}
                """).meta();
        assertThat(meta.callbackTopic()).contains(new CallbackTopic(Optional.of("answers"), OptionalInt.of(3)));
        assertThat(meta.field("tenant")).contains(Map.of("id", 5L));
        assertThat(meta.callbackId()).isEmpty();
        assertThat(meta.timestamp()).isPresent();
    }

    @Test
    void readsEveryKindOfValue() {
        Map<String, Object> payload = json.decode("""
                {"text": "Grüße \\u00e4 😀", "whole": 9223372036854775807, "large": 9223372036854775808, "negative": -1,
                 "price": 12.50, "exponent": 1e3, "yes": true, "no": false, "none": null,
                 "list": [1, [2.5], {"a": []}], "": {}}
                """).payload().asMap();
        assertThat(payload)
                .containsEntry("text", "Grüße ä 😀")
                .containsEntry("whole", Long.MAX_VALUE)
                .containsEntry("large", BigInteger.ONE.shiftLeft(63))
                .containsEntry("negative", -1L)
                .containsEntry("price", new BigDecimal("12.50"))
                .containsEntry("exponent", new BigDecimal("1E+3"))
                .containsEntry("yes", true)
                .containsEntry("no", false)
                .containsEntry("none", null)
                .containsEntry("list", List.of(1L, List.of(new BigDecimal("2.5")), Map.of("a", List.of())))
                .containsEntry("", Map.of());
    }

    @Test
    void keepsDecimalsToTheLastDigit() {
        String exact = "0.1000000000000000055511151231257827021181583404541015625";
        assertThat(json.decode("{\"n\":" + exact + "}").payload().field("n")).contains(new BigDecimal(exact));
    }

    @Test
    void keepsTheWrittenOrder() {
        assertThat(json.decode("{\"z\":1,\"a\":2,\"m\":3}").payload().asMap().keySet())
                .containsExactly("z", "a", "m");
    }

    @Test
    @SuppressWarnings("unchecked")
    void givesOutNothingThatCanBeChanged() {
        Decoded event = json.decode("{\"meta\":{\"a\":[1]},\"list\":[1],\"map\":{\"a\":1}}");
        Map<String, Object> payload = (Map<String, Object>) event.payload().value();
        assertUnmodifiable(payload);
        assertUnmodifiable((Map<String, Object>) payload.get("map"));
        assertUnmodifiable(event.meta().fields());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<Object>) payload.get("list")).add(2));
        assertUnmodifiable(
                (Map<String, Object>) json.decode("{\"a\":1}").payload().value());
    }

    private static void assertUnmodifiable(Map<String, Object> map) {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put("new", 1));
    }

    @Test
    void readsBehindAByteOrderMarkAndWhiteSpace() {
        assertThat(json.decode("\uFEFF \r\n\t{\"a\":1} \n").payload().value()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void tellsNoRecordName() {
        assertThat(json.transcoder.recordName(new RecordHeaders(), "{}".getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void mayBeTriedOnAnything() {
        for (byte[] value : Arrays.asList("{}".getBytes(UTF_8), new byte[] {0, 0, 0, 0, 1}, new byte[0], null)) {
            assertThat(json.transcoder.mayTry(
                            new Encoded(EventName.of("event.a"), "rapids", new RecordHeaders(), value)))
                    .isTrue();
        }
    }
}
