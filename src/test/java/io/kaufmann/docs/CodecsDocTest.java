package io.kaufmann.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.KaufmannConfig;
import io.kaufmann.codec.KafkaSerdeTranscoder;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.codec.avro.AvroEventForm;
import io.kaufmann.codec.avro.AvroTranscoder;
import io.kaufmann.codec.json.JsonTranscoder;
import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.Payload;
import io.kaufmann.event.PayloadException;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What docs/codecs.md shows. */
class CodecsDocTest {

    // begin types
    record PlaceOrder(UUID orderId, String customer, List<Item> items) {}

    record Item(String sku, int quantity, BigDecimal price) {}

    record OrderPlaced(UUID orderId, BigDecimal total, Instant placedAt) {}

    // end types

    private static final String ORDER = """
            {"order_id": "6b2f0b1c-6d3e-4c8e-9a57-0c7d5f9f1c11", "customer": "Ada",
             "items": [{"sku": "tea", "quantity": 2, "price": %s}]}""";

    @Test
    void aRouterTakesTypes() {
        // begin route
        EventHandler orders = EventRouter.on("command.order.place", PlaceOrder.class, (order, event) -> {
            BigDecimal total = order.items().stream()
                    .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            return Result.reply("event.order.placed", new OrderPlaced(order.orderId(), total, Instant.now()));
        });
        // end route
        assertThat(orders.handledEvents()).isEqualTo(EventNames.of("command.order.place"));
        assertThat(order("12.50").as(PlaceOrder.class).items())
                .containsExactly(new Item("tea", 2, new BigDecimal("12.50")));
    }

    // begin greet
    record Greet(String name) {}

    record Greeted(String greeting) {}
    // end greet

    @Test
    void aRouterTakesOneFunctionForEachName() {
        // begin router
        EventHandler router = EventRouter.on(
                        "command.greet",
                        Greet.class,
                        (greet, event) -> Result.reply("event.greeted", new Greeted("Hello " + greet.name())))
                .on("command.part", event -> Result.noReply());
        // end router
        assertThat(router.handledEvents()).isEqualTo(EventNames.of("command.greet", "command.part"));
    }

    @Test
    void aPayloadIsReadByPath() {
        Payload payload = order("12.50");
        // begin paths
        String customer = payload.text("customer");
        BigDecimal price = payload.decimal("items[0].price");
        List<Item> items = payload.list("items", Item.class);
        // end paths
        assertThat(customer).isEqualTo("Ada");
        assertThat(price).isEqualByComparingTo("12.5");
        assertThat(items).hasSize(1);
    }

    @Test
    void aMisfitIsToldAsShown() throws IOException {
        assertThatThrownBy(() -> order("\"12,50\"").as(PlaceOrder.class))
                .isInstanceOf(PayloadException.class)
                .hasMessage(resource("misfit.txt").strip());
    }

    @Test
    void whatNoneCanDecodeIsToldAsShown() throws IOException {
        Transcoders transcoders =
                essentials().transcoders("avro", "json").build().transcoders(new InMemorySchemaRegistry());

        assertThatThrownBy(() -> transcoders.decode(record("command.greet", "{\"name\": ")))
                .isInstanceOf(TranscodeException.class)
                .hasMessage(resource("undecodable.txt").replaceAll("\\R", " ").strip());
    }

    @Test
    void theSettingsAreReadAsShown() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = CodecsDocTest.class.getResourceAsStream("/docs/formats.properties")) {
            properties.load(stream);
        }
        KaufmannConfig config = essentials().properties(properties).build();
        assertThat(config.transcoderRules()).isEqualTo("topic:elixir.*=bare,event:webhook.*=json");
        Transcoders transcoders = config.transcoders(new InMemorySchemaRegistry());
        assertThat(transcoders
                        .decode(record("webhook.called", "{\"a\":1}"))
                        .payload()
                        .asMap())
                .isEqualTo(Map.of("a", 1L));
    }

    @Test
    void transcodersAreMadeInCode() {
        KaufmannConfig.Builder config = essentials();
        // begin code
        config.transcoders(registry -> Transcoders.of(
                        AvroTranscoder.builder(registry).readLatest().build(), confluent(registry))
                .topic("payments.*", "confluent"));
        // end code
        assertThat(config.build().eventNaming()).hasToString("key");
    }

    // begin serde
    static Transcoder confluent(SchemaRegistry registry) {
        Map<String, ?> settings = Map.of("schema.registry.url", "http://localhost:8081");
        return KafkaSerdeTranscoder.builder("confluent", AvroEventForm.of(registry, SubjectStrategy.eventName()))
                .serializer("io.confluent.kafka.serializers.KafkaAvroSerializer", settings)
                .deserializer("io.confluent.kafka.serializers.KafkaAvroDeserializer", settings)
                .build();
    }
    // end serde

    private static KaufmannConfig.Builder essentials() {
        return KaufmannConfig.builder()
                .bootstrapServers("localhost:9092")
                .schemaRegistryUrl("http://localhost:8081")
                .consumerGroup("orders")
                .defaultTopic("rapids")
                .serviceName("orders")
                .eventHandler(event -> Result.noReply());
    }

    private static Payload order(String price) {
        return JsonTranscoder.create()
                .decode(record("command.order.place", ORDER.formatted(price)))
                .payload();
    }

    private static Transcoder.Encoded record(String name, String json) {
        return new Transcoder.Encoded(EventName.of(name), "rapids", new RecordHeaders(), json.getBytes(UTF_8));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = CodecsDocTest.class.getResourceAsStream("/docs/" + name)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }
}
