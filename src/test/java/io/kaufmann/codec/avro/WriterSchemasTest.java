package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Outgoing;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.schema.SchemaReference;
import io.kaufmann.schema.SchemaRegistry;
import io.kaufmann.schema.SubjectStrategy;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which schema an event is written with, and what is said when there is none. */
class WriterSchemasTest {

    private static final String ONE = """
            {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}""";
    private static final String TWO = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "string"}, {"name": "count", "type": "int", "default": 0}]}""";
    private static final Map<String, String> ORDER = Map.of("id", "a");

    @TempDir
    private Path folder;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    private static byte[] encode(AvroTranscoder transcoder, String name, Object payload) {
        return transcoder.encode(
                new Outgoing(EventName.of(name), "rapids", Optional.empty(), payload, new RecordHeaders()));
    }

    private static int id(byte[] frame) {
        return ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
    }

    private AvroTranscoderBuilder local() {
        return local(registry);
    }

    private AvroTranscoderBuilder local(SchemaRegistry asked) {
        return AvroTranscoder.builder(asked).writeLocal(SchemaFiles.in(List.of(folder)));
    }

    private void file(String subject, String schema) throws IOException {
        Files.writeString(folder.resolve(subject + ".avsc"), schema);
    }

    @Test
    void aFrameIsConfluentsByteForByte() {
        SchemaShelf shelf = new SchemaShelf();
        shelf.put("order", SchemaShelf.parse(TWO));

        byte[] frame =
                encode(AvroTranscoder.of(shelf, SubjectStrategy.eventName()), "order", Map.of("id", "ab", "count", 3));

        assertThat(HexFormat.ofDelimiter(" ").formatHex(frame)).isEqualTo("00 00 00 00 64 04 61 62 06");
    }

    @Test
    void aNewerVersionIsTakenUpWhenTheCacheHasExpired() {
        AtomicLong nanos = new AtomicLong();
        CachingSchemaRegistry cache = CachingSchemaRegistry.builder(registry)
                .latestFor(Duration.ofMinutes(10))
                .clock(nanos::get)
                .build();
        AvroTranscoder transcoder = AvroTranscoder.of(cache, SubjectStrategy.eventName());
        int first = registry.register("order", ONE).id();
        assertThat(id(encode(transcoder, "order", ORDER))).isEqualTo(first);
        int second = registry.register("order", TWO).id();

        nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(id(encode(transcoder, "order", ORDER))).as("still the old").isEqualTo(first);
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(id(encode(transcoder, "order", ORDER))).as("the new").isEqualTo(second);
    }

    @Test
    void aSubjectThatIsMissingSaysWhereAndWhatToDo() {
        assertThatThrownBy(() -> encode(AvroTranscoder.of(registry, SubjectStrategy.eventName()), "order", ORDER))
                .isInstanceOf(TranscodeException.class)
                .hasMessage(
                        "order: no schema under subject order at this JVM's memory. Register it with migrate-schemas");
    }

    @Test
    void aLocalSchemaIsLookedUpAndNotRegistered() throws IOException {
        file("order", ONE);
        int first = registry.register("order", ONE).id();
        registry.register("order", TWO);

        assertThat(id(encode(local().build(), "order", ORDER))).isEqualTo(first);
        assertThat(registry.versions("order")).containsExactly(1, 2);
    }

    @Test
    void aLocalSchemaIsLookedUpOnce() throws IOException {
        file("order", ONE);
        SchemaShelf shelf = new SchemaShelf();
        shelf.put("order", SchemaShelf.parse(ONE));
        AvroTranscoder transcoder = local(shelf).build();

        encode(transcoder, "order", ORDER);
        encode(transcoder, "order", ORDER);

        assertThat(shelf.asked()).isEqualTo(1);
    }

    @Test
    void aLocalSchemaThatIsNotRegisteredIsAnErrorThatSaysWhatToDo() throws IOException {
        file("order", TWO);
        registry.register("order", ONE);
        AvroTranscoder transcoder = local().build();

        assertThatThrownBy(() -> encode(transcoder, "order", ORDER))
                .isInstanceOf(TranscodeException.class)
                .hasMessage("order: the local schema for subject order is not registered at this JVM's memory."
                        + " Register it with migrate-schemas, or allow auto-registration");
        int second = registry.register("order", TWO).id();
        assertThat(id(encode(transcoder, "order", ORDER)))
                .as("once it is there")
                .isEqualTo(second);
    }

    @Test
    void autoRegistrationRegistersWhatIsNotThere() throws IOException {
        file("order", TWO);
        registry.register("order", ONE);
        AvroTranscoder transcoder = local().autoRegister().build();

        int id = id(encode(transcoder, "order", ORDER));
        encode(transcoder, "order", ORDER);

        assertThat(registry.latest("order").id()).isEqualTo(id);
        assertThat(registry.versions("order")).containsExactly(1, 2);
    }

    @Test
    void autoRegistrationOfAnIncompatibleSchemaSaysWhyTheRegistryRefusedIt() throws IOException {
        file(
                "order",
                "{\"type\": \"record\", \"name\": \"Order\", \"fields\": [{\"name\": \"id\", \"type\": \"int\"}]}");
        registry.register("order", ONE);

        assertThatThrownBy(() -> encode(local().autoRegister().build(), "order", Map.of("id", 1)))
                .isInstanceOf(TranscodeException.class)
                .hasMessageStartingWith("order: ");
        assertThat(registry.versions("order")).containsExactly(1);
    }

    @Test
    void whatHasNoFileIsWrittenWithTheNewestVersion() throws IOException {
        file("order", ONE);
        int id = registry.register("other", TWO).id();

        assertThat(id(encode(local().build(), "other", ORDER))).isEqualTo(id);
    }

    @Test
    void anOutageGoesThrough() throws IOException {
        file("order", ONE);
        SchemaShelf shelf = new SchemaShelf();
        shelf.goDown();

        for (AvroTranscoder transcoder :
                List.of(local(shelf).build(), local(shelf).autoRegister().build())) {
            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> encode(transcoder, "order", ORDER));
        }
    }

    @Test
    void whatWasLookedUpOutlivesAnOutage() throws IOException {
        file("order", ONE);
        SchemaShelf shelf = new SchemaShelf();
        shelf.put("order", SchemaShelf.parse(ONE));
        AvroTranscoder transcoder = local(shelf).build();
        byte[] before = encode(transcoder, "order", ORDER);
        shelf.goDown();

        assertThat(encode(transcoder, "order", ORDER)).isEqualTo(before);
    }

    private static final String ITEM = """
            {"type": "record", "name": "shop.Item", "fields": [{"name": "sku", "type": "string"}]}""";
    private static final String BASKET = """
            {"type": "record", "name": "shop.Basket", "fields": [
              {"name": "items", "type": {"type": "array", "items": "shop.Item"}}, {"name": "first", "type": "Item"}]}""";

    @Test
    void aSchemaMayNameATypeOfAnotherFileOrSubject() throws IOException {
        file("basket", BASKET);
        file("item", ITEM);
        registry.register("item", ITEM);
        int id = registry.register("basket", BASKET, List.of(new SchemaReference("shop.Item", "item", 1)))
                .id();
        Map<String, Object> item = Map.of("sku", "a");
        Map<String, Object> basket = Map.of("items", List.of(item, item), "first", item);

        byte[] byRegistry = encode(AvroTranscoder.of(registry, SubjectStrategy.eventName()), "basket", basket);
        byte[] byFile = encode(local().autoRegister().build(), "basket", basket);

        assertThat(HexFormat.of().formatHex(byRegistry)).endsWith("04" + "0261" + "0261" + "00" + "0261");
        assertThat(byFile).isEqualTo(byRegistry);
        assertThat(id(byFile)).isEqualTo(id);
        assertThat(registry.versions("basket")).as("registered once").containsExactly(1);
    }
}
