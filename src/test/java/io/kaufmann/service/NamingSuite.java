package io.kaufmann.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.handler.EventRouter;
import io.kaufmann.handler.Result;
import io.kaufmann.publish.Publication;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.testing.ConfluentFrames;
import io.kaufmann.testing.TestEnvironment;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events whose names do not stand in the record key. */
abstract class NamingSuite {

    private TestEnvironment environment;
    private ServiceWorld world;

    @BeforeEach
    void open(TestEnvironment environment) {
        this.environment = environment;
        world = new ServiceWorld(environment, 3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aHeaderTellsTheNameAndTheKeyStaysTheEntitys() {
        String greet = world.eventType("command.greet", "name", "\"string\"");
        String greeted = world.eventType("event.greeted", "greeting", "\"string\"");
        byte[] frame = world.frame(greet, ServiceWorld.meta(greet, Map.of()), Map.of("name", "Ada"));
        world.start(world.config(greeter(greet, greeted)).eventNaming(EventNaming.header("ce_type")));

        send("42", greet, frame);
        send("42", "event.of.others", new byte[] {1});
        send("42", greet, new byte[] {1});
        send("42", null, frame);

        await().until(() -> headers()
                .containsAll(List.of(greeted + " 42", "event.error." + greet + " 42", "event.error.unknown null")));
        await().until(world::allCommitted);
        assertThat(headers()).hasSize(7).doesNotContain("event.error.event.of.others 42");
        assertThat(error("event.error.unknown")).contains("no such header", "header:ce_type");
    }

    private void send(String key, String type, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(world.topic, key.getBytes(UTF_8), value);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(UTF_8));
        }
        environment.producer().write(record);
    }

    private List<String> headers() {
        return environment.clients().readAll(world.topic).stream()
                .map(record -> type(record) + " " + (record.key() == null ? null : new String(record.key(), UTF_8)))
                .toList();
    }

    private static String type(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader("ce_type") == null
                ? "none"
                : new String(record.headers().lastHeader("ce_type").value(), UTF_8);
    }

    private String error(String type) {
        return environment.clients().readAll(world.topic).stream()
                .filter(record -> type(record).equals(type))
                .map(record -> new String(record.value(), UTF_8))
                .findAny()
                .orElseThrow();
    }

    @Test
    void theAvroRecordTellsTheNameAndWhatNobodyHandlesIsNotDecoded() {
        RegisteredSchema greet = recordType("Greet", "name");
        RegisteredSchema other = recordType("Other", "name");
        RegisteredSchema greeted = recordType("Greeted", "greeting");
        String greetName = greet.schema().getFullName();
        String greetedName = greeted.schema().getFullName();
        world.start(world.config(greeter(greetName, greetedName)).eventNaming(EventNaming.record()));

        write(ConfluentFrames.write(greet.id(), greet.schema(), Map.of("name", "Ada")));
        write(ConfluentFrames.write(greet.id(), greet.schema(), Map.of("name", "nobody")));
        write(ConfluentFrames.frame(other.id(), new byte[] {99, 99}));
        write("no frame".getBytes(UTF_8));

        await().until(() -> values().size() == 4 + 3);
        await().until(world::allCommitted);
        List<ConsumerRecord<byte[], byte[]>> replies = values().stream()
                .filter(record -> isOf(greeted, record.value()))
                .toList();
        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(reply.key()).isEqualTo("42".getBytes(UTF_8));
            assertThat(ConfluentFrames.read(reply.value(), greeted.schema()))
                    .hasToString("{\"greeting\": \"Hello Ada\"}");
        });
        assertThat(values().stream().map(record -> new String(record.value(), UTF_8)))
                .anyMatch(value -> value.contains("event.error." + greetName) && value.contains("nobody is here"))
                .anyMatch(value -> value.contains("an event without a name") && value.contains("full name"));
    }

    private RegisteredSchema recordType(String name, String field) {
        Schema schema = SchemaBuilder.record(name + world.name("").replaceAll("\\W", "_"))
                .namespace("com.acme")
                .fields()
                .requiredString(field)
                .endRecord();
        return world.registry.register(schema.getFullName(), schema.toString());
    }

    private static boolean isOf(RegisteredSchema schema, byte[] value) {
        return value[0] == 0 && ConfluentFrames.schemaId(value) == schema.id();
    }

    private void write(byte[] value) {
        environment.producer().write(new ProducerRecord<>(world.topic, "42".getBytes(UTF_8), value));
    }

    private List<ConsumerRecord<byte[], byte[]>> values() {
        return environment.clients().readAll(world.topic);
    }

    private static EventHandler greeter(String greet, String greeted) {
        return EventRouter.on(greet, event -> {
            if (event.payload().text("name").equals("nobody")) {
                return Result.failure("nobody is here");
            }
            String greeting = "Hello " + event.payload().text("name");
            return Result.reply(Publication.of(greeted, Map.of("greeting", greeting))
                    .key(event.orderingKey().orElseThrow()));
        });
    }
}
