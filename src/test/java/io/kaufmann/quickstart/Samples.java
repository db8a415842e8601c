package io.kaufmann.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes the events that are sent, good ones and bad ones, the same ones each time. Immutable and thread-safe. */
final class Samples {

    private static final int UNKNOWN_SCHEMA_ID = 2_147_480_000;
    private static final List<String> ITEMS = List.of("tea", "cup", "teapot");

    private final SampleSchemas schemas;
    private final Names names;
    private final List<Scenario> mixture = mixture();
    private final List<ProducerRecord<byte[], byte[]>> records;

    // All are made before the first is sent, so that this does not count as the service's time.
    Samples(SampleSchemas schemas, Names names, int count) {
        this.schemas = schemas;
        this.names = names;
        this.records = IntStream.rangeClosed(1, count).mapToObj(this::make).toList();
    }

    // Well mixed, but always the same; and an order first.
    private static List<Scenario> mixture() {
        List<Scenario> mixture = new ArrayList<>();
        for (Scenario scenario : Scenario.values()) {
            mixture.addAll(Collections.nCopies(scenario.share(), scenario));
        }
        Collections.shuffle(mixture, new Random(42));
        Collections.swap(mixture, 0, mixture.indexOf(Scenario.ORDER));
        return List.copyOf(mixture);
    }

    /** What event number {@code id}, from 1, is. */
    Scenario scenario(int id) {
        return mixture.get((id - 1) % mixture.size());
    }

    /** Event number {@code id} as it goes to Kafka. */
    ProducerRecord<byte[], byte[]> record(int id) {
        return records.get(id - 1);
    }

    private ProducerRecord<byte[], byte[]> make(int id) {
        Scenario scenario = scenario(id);
        byte[] key = scenario == Scenario.NO_KEY ? null : (scenario.event() + '#' + id).getBytes(UTF_8);
        return new ProducerRecord<>(names.topic(Channel.ORDERS), key, value(id, scenario));
    }

    private byte[] value(int id, Scenario scenario) {
        return switch (scenario) {
            case NO_VALUE -> null;
            case GARBAGE -> "This is no Avro at all".getBytes(UTF_8);
            case UNKNOWN_SCHEMA ->
                ByteBuffer.wrap(order(id)).putInt(1, UNKNOWN_SCHEMA_ID).array();
            case TRUNCATED -> {
                byte[] whole = order(id);
                yield Arrays.copyOf(whole, whole.length / 2);
            }
            case NO_KEY -> order(id);
            default -> schemas.frame(scenario.event(), meta(id, scenario), payload(id, scenario));
        };
    }

    private byte[] order(int id) {
        return schemas.frame(Scenario.ORDER.event(), meta(id, Scenario.ORDER), payload(id, Scenario.ORDER));
    }

    private static Map<String, ?> payload(int id, Scenario scenario) {
        String item = ITEMS.get(id % ITEMS.size());
        int quantity = 1 + id % 9;
        return switch (scenario) {
            case TOO_MANY -> order(id, item, 1_000);
            case NO_SUCH_ITEM -> order(id, "unicorn", 1);
            case CANCEL -> Map.of("reason", "changed my mind");
            case QUOTE -> Map.of("item", item, "quantity", quantity);
            case QUERY -> Map.of("about", "order " + id);
            case PAYMENT -> Map.of("cents", 100L * id);
            case STOCK -> Map.of("item", item, "pieces", id);
            default -> order(id, item, quantity);
        };
    }

    private static Map<String, ?> order(int id, String item, int quantity) {
        return Map.of("customer", "customer-" + id % 500, "item", item, "quantity", quantity);
    }

    // As any other service would write it; the callback id is what the account goes by.
    private Map<String, ?> meta(int id, Scenario scenario) {
        Map<String, Object> meta = new HashMap<>();
        meta.put("message_id", "sent-" + id);
        meta.put("emitter_service", "quickstart");
        meta.put("emitter_service_id", "1");
        meta.put("callback_id", Answer.CALLBACK + id);
        meta.put("message_name", scenario.event());
        meta.put("timestamp", Instant.now().toString());
        meta.put("callback_topic", scenario.asksForCallback() ? callback() : null);
        return meta;
    }

    private Map<String, Object> callback() {
        Map<String, Object> callback = new HashMap<>();
        callback.put("topic", names.topic(Channel.ANSWERS));
        callback.put("partition", null);
        return callback;
    }
}
