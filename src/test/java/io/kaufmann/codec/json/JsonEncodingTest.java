package io.kaufmann.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.util.Utf8;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class JsonEncodingTest {

    private static final Meta META = Meta.builder().messageId("m1").build();

    private final JsonEvents json = new JsonEvents();

    record Item(String name, BigDecimal price) {}

    record Order(int id, List<Item> items, Optional<String> note, Instant placed) {}

    /** A POJO with getters. */
    static final class Pojo {
        public final double ratio = 0.5;

        public String getName() {
            return "Ada";
        }
    }

    @Test
    void writesMetaBesideThePayloadsKeys() {
        assertThat(json.encode(META, Map.of("id", 1))).isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"id\":1}");
    }

    @Test
    void writesAnObjectWithoutMetaAlone() {
        assertThat(json.encode(Map.of("id", 1))).isEqualTo("{\"id\":1}");
        assertThat(json.encode(Meta.empty(), Map.of("id", 1))).isEqualTo("{\"id\":1}");
    }

    @Test
    void writesAPayloadThatIsNoObjectApart() {
        assertThat(json.encode(META, List.of(1))).isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"payload\":[1]}");
        assertThat(json.encode("text")).isEqualTo("{\"meta\":null,\"payload\":\"text\"}");
        assertThat(json.encode(null)).isEqualTo("{\"meta\":null,\"payload\":null}");
    }

    @Test
    void writesApartWhatWouldBeTakenForAnotherShape() {
        for (Map<String, Object> payload : List.<Map<String, Object>>of(
                Map.of("payload", 1L, "id", 2L),
                Map.of("meta", Map.of("a", 1L)),
                Map.of("meta", "tag"),
                Map.of("metadata", Map.of("a", 1L), "payload", 2L),
                Map.of("metadata", Map.of("a", 1L)))) {
            for (Optional<Meta> meta : List.of(Optional.of(META), Optional.<Meta>empty())) {
                Decoded decoded = json.decode(json.encode(JsonEvents.NAME, meta, payload));
                assertThat(decoded.payload().value()).isEqualTo(payload);
                assertThat(decoded.meta()).isEqualTo(meta.orElse(Meta.empty()));
            }
        }
    }

    @Test
    void writesScalarsOfEveryKind() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("decimal", new BigDecimal("1E+3"));
        payload.put("exact", new BigDecimal("12.50"));
        payload.put("big", BigInteger.TEN.pow(30));
        payload.put("double", 0.1);
        payload.put("float", 0.1f);
        payload.put("bytes", new byte[] {1, 2, 3});
        payload.put("buffer", ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 3));
        payload.put("enum", TimeUnit.DAYS);
        payload.put("uuid", new UUID(1, 2));
        payload.put("instant", Instant.EPOCH);
        payload.put("date", LocalDate.EPOCH);
        payload.put("duration", Duration.ofSeconds(90));
        payload.put("some", Optional.of(1));
        payload.put("none", Optional.empty());
        payload.put("int", OptionalInt.of(2));
        payload.put("null", null);
        payload.put("doubles", new double[] {0.5, 1});
        payload.put("nested", Payload.of("event.a", Map.of("a", 1)));
        payload.put("text", new Utf8("Grüße 😀"));
        assertThat(json.encode(payload))
                .isEqualTo("{\"decimal\":1000,\"exact\":12.50,\"big\":1" + "0".repeat(30)
                        + ",\"double\":0.1,\"float\":0.1,\"bytes\":\"AQID\",\"buffer\":\"AQID\",\"enum\":\"DAYS\","
                        + "\"uuid\":\"00000000-0000-0001-0000-000000000002\",\"instant\":\"1970-01-01T00:00:00Z\","
                        + "\"date\":\"1970-01-01\",\"duration\":\"PT1M30S\",\"some\":1,\"none\":null,\"int\":2,\"null\":null,"
                        + "\"doubles\":[0.5,1.0],\"nested\":{\"a\":1},\"text\":\"Grüße 😀\"}");
    }

    @Test
    void writesRecordsAndPojos() {
        Order order = new Order(1, List.of(new Item("tea", new BigDecimal("4.20"))), Optional.empty(), Instant.EPOCH);
        assertThat(json.encode(META, order))
                .isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"id\":1,\"items\":[{\"name\":\"tea\",\"price\":4.20}],"
                        + "\"note\":null,\"placed\":\"1970-01-01T00:00:00Z\"}");
        assertThat(json.decode(json.encode(new Pojo())).payload().value())
                .isEqualTo(Map.of("ratio", new BigDecimal("0.5"), "name", "Ada"));
    }

    @Test
    void writesJacksonsTrees() {
        assertThat(json.encode(META, JsonNodeFactory.instance.objectNode().put("a", 1)))
                .isEqualTo("{\"meta\":{\"message_id\":\"m1\"},\"a\":1}");
    }

    @Test
    void writesAPayloadThatWasRead() {
        Decoded event = json.decode("{\"meta\":{\"a\":null},\"payload\":{\"price\":12.50,\"n\":1e2,\"list\":[null]}}");
        assertThat(json.encode(event.meta(), event.payload()))
                .isEqualTo("{\"meta\":{\"a\":null},\"price\":12.50,\"n\":100,\"list\":[null]}");
        assertThat(json.encode(Optional.of(Map.of("a", 1)))).isEqualTo("{\"a\":1}");
    }

    private ThrowableAssertAlternative<TranscodeException> refuses(Object payload) {
        return assertThatExceptionOfType(TranscodeException.class).isThrownBy(() -> json.encode(payload));
    }

    @Test
    void namesThePathOfWhatIsNoNumber() {
        Map<String, Object> items = Map.of("items", List.of(Map.of("price", 1.0), Map.of("price", Double.NaN)));
        refuses(items)
                .withMessage("event.order.placed payload.items[1].price: expected a number, found NaN, which JSON does"
                        + " not have");
        refuses(Map.of("payload", items))
                .withMessageStartingWith("event.order.placed payload.payload.items[1].price: ");
        refuses(List.of(Float.NEGATIVE_INFINITY)).withMessageStartingWith("event.order.placed payload[0]: ");
        refuses(Double.POSITIVE_INFINITY).withMessageStartingWith("event.order.placed payload: ");
        refuses(Map.of("a", new double[] {Double.NaN})).withMessageStartingWith("event.order.placed payload.a");
        refuses(new Holder(Map.of("x", Float.NaN))).withMessageStartingWith("event.order.placed payload.value.x: ");
    }

    record Holder(Object value) {}

    @Test
    void namesThePathInMeta() {
        assertThatExceptionOfType(TranscodeException.class)
                .isThrownBy(() ->
                        json.encode(Meta.builder().field("score", Double.NaN).build(), Map.of()))
                .withMessageStartingWith("event.order.placed meta.score: ");
    }

    @Test
    void refusesWhatHoldsItself() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("self", map);
        refuses(map).withMessageStartingWith("event.order.placed payload.self").withMessageContaining("256");

        List<Object> list = new ArrayList<>();
        list.add(list);
        refuses(list).withMessageStartingWith("event.order.placed payload[0]");

        Node node = new Node();
        node.next = new Node();
        node.next.next = node;
        refuses(node).withMessageStartingWith("event.order.placed payload.next.next");
        refuses(Map.of("node", node)).withMessageStartingWith("event.order.placed payload.node.next");
    }

    static final class Node {
        public Node next;
    }

    @Test
    void refusesWhatIsTooDeep() {
        Object deep = "end";
        for (int i = 0; i < 300; i++) {
            deep = i % 2 == 0 ? List.of(deep) : Collections.singletonMap("a", deep);
        }
        refuses(deep).withMessageContaining("256");
        refuses(new Holder(deep)).withMessageContaining("256");
    }

    @Test
    void refusesWhatHasNoFields() {
        refuses(new Object()).withMessageStartingWith("event.order.placed payload: ");
        refuses(Map.of("a", new Object())).withMessageStartingWith("event.order.placed payload.a: ");
    }

    @Test
    void namesThePathOfAGetterThatThrowsAndKeepsItsMessageOut() {
        refuses(Map.of("a", List.of(new Broken())))
                .withMessage(
                        "event.order.placed payload.a[0].secret: reading it failed with java.lang.IllegalStateException");
        refuses(new Broken()).withMessageStartingWith("event.order.placed payload.secret: reading it failed");
    }

    static final class Broken {
        private final Optional<String> secret = Optional.empty();

        public String getSecret() {
            return secret.orElseThrow(() -> new IllegalStateException("s3cret"));
        }
    }

    @Test
    void writesHalvesOfCharactersSoThatTheyCanBeRead() {
        Map<String, Object> payload = Map.of("a", "\ud800", "b", "\udc00x");
        assertThat(json.decode(json.encode(payload)).payload().value()).isEqualTo(payload);
    }

    @Test
    void refusesANullKey() {
        refuses(Collections.singletonMap(null, 1));
        refuses(Map.of("a", Collections.singletonMap(null, 1)));
    }

    @Test
    void leavesBuffersWhereTheyWere() {
        ByteBuffer buffer = ByteBuffer.wrap("abc".getBytes(UTF_8));
        assertThat(json.encode(Map.of("a", buffer))).isEqualTo(json.encode(Map.of("a", buffer)));
        assertThat(buffer.remaining()).isEqualTo(3);
        assertThat(json.encode(Map.of("a", buffer.asReadOnlyBuffer()))).isEqualTo("{\"a\":\"YWJj\"}");
    }

    @Test
    void writesEveryEventAlikeWhicheverThreadAsks() {
        List<String> written = java.util.stream.IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> json.encode(META, new Item("tea", BigDecimal.ONE)))
                .distinct()
                .toList();
        assertThat(written).hasSize(1);
        assertThat(Arrays.asList(written.get(0))).isNotEmpty();
    }
}
