package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.EventName;
import io.kaufmann.schema.CachingSchemaRegistry;
import io.kaufmann.schema.CompatibilityLevel;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.RegistryUnavailableException;
import io.kaufmann.schema.SchemaFiles;
import io.kaufmann.testing.InMemorySchemaRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData.Fixed;
import org.apache.avro.generic.GenericData.Record;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is decoded where a reader's schema is configured. */
@Timeout(60)
class ReaderSchemaTest {

    private static final String EVENT = "event.x";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final CachingSchemaRegistry cache = CachingSchemaRegistry.of(registry);
    private final AvroTranscoder latest =
            AvroTranscoder.builder(cache).readLatest().build();

    @TempDir
    private Path folder;

    @BeforeEach
    void takeAnyVersion() {
        registry.compatibility(CompatibilityLevel.NONE);
    }

    @Test
    void anAddedFieldHasItsDefault() {
        RegisteredSchema old = fields("""
                {"name": "a", "type": "int"}""");
        fields("""
                {"name": "a", "type": "int"}, {"name": "text", "type": "string", "default": "none"},
                {"name": "n", "type": ["null", "int"], "default": null},
                {"name": "bytes", "type": "bytes", "default": "\\u00ff\\u0001"},
                {"name": "list", "type": {"type": "array", "items": "long"}, "default": [1, 2]},
                {"name": "in", "default": {"x": 1.5}, "type":
                  {"type": "record", "name": "In", "fields": [
                    {"name": "x", "type": "double"}, {"name": "y", "type": "boolean", "default": true}]}}""");

        assertThat(fieldsOf(decode(old, of(old, Map.of("a", 1)))))
                .containsExactly(
                        Map.entry("a", 1),
                        Map.entry("text", "none"),
                        new SimpleEntry<>("n", null),
                        Map.entry("bytes", ByteBuffer.wrap(new byte[] {-1, 1})),
                        Map.entry("list", List.of(1L, 2L)),
                        Map.entry("in", Map.of("x", 1.5, "y", true)));
    }

    @SuppressWarnings("unchecked") // A decoded record.
    private static Map<String, Object> fieldsOf(Object record) {
        return (Map<String, Object>) record;
    }

    @Test
    void bytesByDefaultAreNewForEachEvent() {
        RegisteredSchema old = fields("");
        fields("""
                {"name": "b", "type": "bytes", "default": "ab"}""");

        ByteBuffer first = (ByteBuffer) ((Map<?, ?>) decode(old, of(old, Map.of()))).get("b");
        first.get();

        assertThat(((Map<?, ?>) decode(old, of(old, Map.of()))).get("b")).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b'
        }));
    }

    @Test
    void removedFieldsArePassedOver() {
        RegisteredSchema old = fields("""
                {"name": "gone", "type": {"type": "map", "values": {"type": "array", "items": ["null", "string"]}}},
                {"name": "a", "type": "int"}, {"name": "fixed", "type": {"type": "fixed", "name": "F", "size": 3}},
                {"name": "list", "type": ["null", {"type": "record", "name": "Node", "fields": [
                  {"name": "value", "type": "bytes"}, {"name": "next", "type": ["null", "Node"]}]}]},
                {"name": "z", "type": "string"}""");
        fields("""
                {"name": "z", "type": "string"}, {"name": "a", "type": "int"}""");
        Record node = new GenericRecordBuilder(
                        old.schema().getField("list").schema().getTypes().get(1))
                .set("value", ByteBuffer.allocate(9))
                .set("next", null)
                .build();

        assertThat(decode(
                        old,
                        of(
                                old,
                                Map.of(
                                        "gone",
                                        Map.of("k", Arrays.asList("x", null)),
                                        "a",
                                        1,
                                        "fixed",
                                        new Fixed(old.schema().getField("fixed").schema()),
                                        "list",
                                        node,
                                        "z",
                                        "end"))))
                .isEqualTo(Map.of("z", "end", "a", 1))
                .asString()
                .isEqualTo("{z=end, a=1}");
    }

    @Test
    void aliasesRenameFieldsAndRecords() {
        RegisteredSchema old = put("""
                {"type": "record", "name": "old.Order", "fields": [
                  {"name": "sum", "type": "int"},
                  {"name": "by", "type": {"type": "record", "name": "Person", "fields": [
                    {"name": "nick", "type": "string"}]}}]}""");
        put("""
                {"type": "record", "name": "now.Order", "aliases": ["old.Order"], "fields": [
                  {"name": "total", "type": "int", "aliases": ["sum"]},
                  {"name": "customer", "aliases": ["by"], "type":
                    {"type": "record", "name": "Customer", "aliases": ["old.Person"], "fields": [
                      {"name": "name", "type": "string", "aliases": ["nick"]}]}}]}""");
        Record person = new Record(old.schema().getField("by").schema());
        person.put("nick", "Ada");

        assertThat(decode(old, of(old, Map.of("sum", 3, "by", person))))
                .isEqualTo(Map.of("total", 3, "customer", Map.of("name", "Ada")));
    }

    @Test
    void numbersAndTextsAreWidened() {
        RegisteredSchema old = fields("""
                {"name": "il", "type": "int"}, {"name": "if", "type": "int"}, {"name": "id", "type": "int"},
                {"name": "lf", "type": "long"}, {"name": "ld", "type": "long"}, {"name": "fd", "type": "float"},
                {"name": "sb", "type": "string"}, {"name": "bs", "type": "bytes"}""");
        fields("""
                {"name": "il", "type": "long"}, {"name": "if", "type": "float"}, {"name": "id", "type": "double"},
                {"name": "lf", "type": "float"}, {"name": "ld", "type": "double"}, {"name": "fd", "type": "double"},
                {"name": "sb", "type": "bytes"}, {"name": "bs", "type": "string"}""");

        assertThat(decode(
                        old,
                        of(
                                old,
                                Map.of(
                                        "il", 1, "if", 2, "id", 3, "lf", 4L, "ld", 5L, "fd", 1.5f, "sb", "ü", "bs",
                                        utf8("ß")))))
                .isEqualTo(Map.of(
                        "il", 1L, "if", 2f, "id", 3d, "lf", 4f, "ld", 5d, "fd", 1.5d, "sb", utf8("ü"), "bs", "ß"));
    }

    @Test
    void unionsComeAndGo() {
        RegisteredSchema old = fields("""
                {"name": "comes", "type": "int"}, {"name": "goes", "type": ["null", "string"]},
                {"name": "changes", "type": ["null", "int", "string"]}""");
        fields("""
                {"name": "comes", "type": ["null", "string", "long"]}, {"name": "goes", "type": "string"},
                {"name": "changes", "type": ["string", "double", "null"]}""");

        assertThat(decode(old, of(old, Map.of("comes", 1, "goes", "text", "changes", 2))))
                .isEqualTo(Map.of("comes", 1L, "goes", "text", "changes", 2d));
        assertFails(old, of(old, Map.of("comes", 1)))
                .hasMessage("schema X (id 1) cannot be resolved to the reader's schema X (id 2): goes written as null,"
                        + " which cannot be read as string. Change the reader's schema so that it takes both, or read"
                        + " without one");
    }

    @Test
    void enumsChange() {
        RegisteredSchema old = fields("""
                {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B", "C"]}}""");
        fields("""
                {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["C", "A", "X"], "default": "X"}}""");

        assertThat(List.of(0, 1, 2))
                .extracting(index -> decode(old, Events.frame(old.id(), (byte) (2 * index))))
                .containsExactly(Map.of("e", "A"), Map.of("e", "X"), Map.of("e", "C"));

        fields("""
                {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["C", "A"]}}""");
        cache.register(EVENT, registry.latest(EVENT).schema().toString());
        assertFails(old, Events.frame(old.id(), (byte) 2))
                .hasMessageContaining(
                        "e written as an enum symbol of [A, B, C] that the reader's schema, with [C, A] and"
                                + " no default, does not have");
    }

    @Test
    void recursiveSchemasAreResolved() {
        RegisteredSchema old = put("""
                {"type": "record", "name": "Node", "fields": [
                  {"name": "v", "type": "int"}, {"name": "next", "type": ["null", "Node"]}]}""");
        put("""
                {"type": "record", "name": "Node", "fields": [
                  {"name": "next", "type": ["null", "Node"]}, {"name": "v", "type": "long"},
                  {"name": "w", "type": "int", "default": 9}]}""");

        assertThat(decode(old, Events.frame(old.id(), (byte) 2, (byte) 2, (byte) 4, (byte) 0)))
                .hasToString("{next={next=null, v=2, w=9}, v=1, w=9}");
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) 2);
        assertFails(old, Events.frame(old.id(), deep)).hasMessageContaining("nested deeper than 256 levels");
    }

    @Test
    void metadataIsResolvedToo() {
        SchemaShelf shelf = new SchemaShelf(); // KaufmannEx's default, the text "null", is one that registries refuse.
        RegisteredSchema old = shelf.put(EVENT, SchemaShelf.parse("""
                {"type": "record", "name": "X", "fields": [
                  {"name": "meta", "type": {"type": "record", "name": "m", "fields": [
                    {"name": "message_id", "type": "string"}]}},
                  {"name": "payload", "type": "int"}]}"""));
        shelf.put(EVENT, SchemaShelf.parse("""
                {"type": "record", "name": "X", "fields": [
                  {"name": "payload", "type": "long"},
                  {"name": "meta", "type": {"type": "record", "name": "m", "fields": [
                    {"name": "message_id", "type": "string"}, {"name": "tenant", "type": "string", "default": "acme"},
                    {"name": "callback_topic", "default": "null", "type": ["null",
                      {"type": "record", "name": "callback_topic", "fields": []}]}]}}]}"""));

        Decoded decoded = decoded(
                AvroTranscoder.builder(shelf).readLatest().build(),
                Events.frame(old.id(), (byte) 2, (byte) 'a', (byte) 6));

        assertThat(decoded.payload().value()).isEqualTo(3L);
        assertThat(decoded.meta().messageId()).contains("a");
        assertThat(decoded.meta().field("tenant")).contains("acme");
        assertThat(decoded.meta().callbackTopic()).isEmpty();
    }

    @Test
    void aFieldThatWasNotWrittenAndHasNoDefaultIsNamed() {
        RegisteredSchema old = put("""
                {"type": "record", "name": "X", "fields": [{"name": "payload", "type":
                  {"type": "record", "name": "P", "fields": [{"name": "a", "type": "int"}]}}]}""");
        put("""
                {"type": "record", "name": "X", "fields": [{"name": "payload", "type":
                  {"type": "record", "name": "P", "fields": [
                    {"name": "a", "type": "int"}, {"name": "b", "type": "int"}]}}]}""");

        assertFails(old, Events.frame(old.id(), (byte) 2))
                .hasMessageStartingWith(
                        "schema X (id 1) cannot be resolved to the reader's schema X (id 2): payload.b the"
                                + " written record P lacks b, for which the reader's schema has no default");
    }

    @Test
    void aDefaultThatDoesNotFitHarmsOnlyThoseWhoNeedIt() {
        RegisteredSchema old = fields("");
        RegisteredSchema now = registerUnchecked("""
                {"name": "n", "type": "int", "default": "none"}""");

        assertThatThrownBy(() -> new SchemaReader(old, now).read(EVENT, of(old, Map.of()), Frame.HEAD))
                .isInstanceOf(TranscodeException.class)
                .hasMessageContaining(
                        "n not written, and the default in the reader's schema does not fit its own type");
        assertThat(new SchemaReader(now)
                        .read(EVENT, Events.frame(now.id(), (byte) 2), Frame.HEAD)
                        .payload()
                        .value())
                .isEqualTo(Map.of("n", 1));
    }

    @Test
    void defaultsWithoutEndAreNone() {
        RegisteredSchema old = fields("");
        RegisteredSchema itself = registerUnchecked("""
                {"name": "x", "type": "X", "default": {}}""");
        StringBuilder type = new StringBuilder("\"null\"");
        for (int i = 0; i < 40; i++) {
            String value = i == 0 ? "null" : "{}";
            type = new StringBuilder("""
                    {"type": "record", "name": "R%d", "fields": [
                      {"name": "a", "type": %s, "default": %s}, {"name": "b", "type": %s, "default": %s}]}""".formatted(i, type, value, i == 0 ? "\"null\"" : "\"R" + (i - 1) + '"', value));
        }
        RegisteredSchema doubling = registerUnchecked("{\"name\": \"r\", \"type\": " + type + ", \"default\": {}}");
        RegisteredSchema large = registerUnchecked("""
                {"name": "f", "type": {"type": "fixed", "name": "F", "size": 2147483000}, "default": ""}""");

        for (RegisteredSchema endless : List.of(itself, doubling, large)) {
            assertThatThrownBy(() -> new SchemaReader(old, endless).read(EVENT, of(old, Map.of()), Frame.HEAD))
                    .isInstanceOf(TranscodeException.class)
                    .hasMessageContaining("the default in the reader's schema does not fit its own type");
        }
    }

    @Test
    void logicalTypesThatMeanSomethingElseAreNotMistaken() {
        RegisteredSchema old = fields("""
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}""");
        fields("""
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}""");
        byte[] frame = Events.frame(old.id(), (byte) 2, (byte) 2, (byte) 1);

        assertFails(old, frame)
                .hasMessageContaining(
                        "at written as long (timestamp-millis), which does not mean what the reader's long"
                                + " (timestamp-micros) does");
        cache.register(EVENT, record("""
                {"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 3}}"""));
        assertFails(old, frame)
                .hasMessageContaining(
                        "sum written as bytes (decimal, scale 2), which does not mean what the reader's bytes"
                                + " (decimal, scale 3) does");
        cache.register(EVENT, record("""
                {"name": "sum", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 2}}"""));
        assertThat(decode(old, frame)).hasToString("{sum=0.01}");
    }

    @Test
    void aPromotedNumberMayGainALogicalType() {
        RegisteredSchema old = fields("""
                {"name": "at", "type": "int"}""");
        fields("""
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}""");

        assertThat(decode(old, Events.frame(old.id(), (byte) 4))).hasToString("{at=1970-01-01T00:00:00.002Z}");
    }

    @Test
    void withoutASubjectItIsTheWritersSchema() {
        RegisteredSchema other = registry.register("elsewhere", "\"int\"");

        assertThat(decode(other, Events.frame(other.id(), (byte) 2))).isEqualTo(1);
    }

    @Test
    void aNewVersionIsTakenUp() {
        RegisteredSchema old = fields("""
                {"name": "a", "type": "int"}""");
        assertThat(decode(old, of(old, Map.of("a", 1)))).isEqualTo(Map.of("a", 1));

        cache.register(EVENT, record("""
                {"name": "a", "type": "long"}"""));

        assertThat(decode(old, of(old, Map.of("a", 1)))).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void eachPairIsBuiltOnce() {
        SchemaShelf shelf = new SchemaShelf();
        RegisteredSchema old = shelf.put(EVENT, SchemaShelf.parse(record("""
                {"name": "a", "type": "int"}""")));
        RegisteredSchema now = shelf.put(EVENT, SchemaShelf.parse(record("""
                {"name": "a", "type": "long"}""")));
        WrittenSchema written = new WrittenSchema(old);

        SchemaReader reader = written.readAs(now);

        assertThat(written.readAs(now)).isSameAs(reader);
        assertThat(written.readAs(new RegisteredSchema(now.id(), now.subject(), now.version(), old.schema())))
                .as("the same id after the cache asked again")
                .isSameAs(reader);
        assertThat(written.readAs(old)).isSameAs(written.readAs(null)).isNotSameAs(reader);
        assertThat(written.readAs(now)).isSameAs(reader);
    }

    @Test
    void anOutageGoesThrough() {
        SchemaShelf shelf = new SchemaShelf();
        RegisteredSchema old = shelf.put(EVENT, SchemaShelf.parse("\"int\""));
        AvroTranscoder down = AvroTranscoder.builder(shelf).readLatest().build();
        shelf.goDown();

        assertThatThrownBy(() -> decoded(down, Events.frame(old.id(), (byte) 2)))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void localFilesAreReadersSchemas() throws IOException {
        RegisteredSchema old = fields("""
                {"name": "a", "type": "int"}""");
        Files.writeString(folder.resolve(EVENT + ".avsc"), record("""
                {"name": "a", "type": "double"}"""));
        AvroTranscoder local = AvroTranscoder.builder(cache)
                .readLocal(SchemaFiles.in(List.of(folder)))
                .build();

        assertThat(decoded(local, of(old, Map.of("a", 1))).payload().value()).isEqualTo(Map.of("a", 1d));

        RegisteredSchema text = fields("""
                {"name": "a", "type": "string"}""");
        assertThatThrownBy(() -> decoded(local, of(text, Map.of("a", "x"))))
                .hasMessageContaining(
                        "schema X (id 2) cannot be resolved to the reader's schema X (local, subject event.x):"
                                + " a written as string, which cannot be read as double");
        RegisteredSchema other = registry.register("elsewhere", "\"int\"");
        assertThat(local.decode(new Encoded(
                                EventName.of("event.other"),
                                "rapids",
                                new RecordHeaders(),
                                Events.frame(other.id(), (byte) 2)))
                        .payload()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void whatIsPassedOverIsCheckedAsWhatIsRead() {
        RegisteredSchema old = fields("""
                {"name": "gone", "type": {"type": "array", "items": "null"}},
                {"name": "text", "type": "string"}, {"name": "a", "type": "int"}""");
        fields("""
                {"name": "a", "type": "int"}""");

        assertFails(old, Events.frame(old.id(), numbers(1L << 40, 0, 0, 0)))
                .hasMessageContaining("gone at byte")
                .hasMessageContaining("more than 65536 values that take no bytes");
        assertFails(old, Events.frame(old.id(), numbers(0, 1L << 31, 0)))
                .hasMessageContaining("a length of 2147483648 bytes");
    }

    @Test
    void defaultsCannotFillTheMemory() {
        String added = String.join(
                ", ",
                Collections.nCopies(200, "").stream()
                        .map(nothing -> "{\"name\": \"f" + names++ + "\", \"type\": \"int\", \"default\": 1}")
                        .toList());
        RegisteredSchema old = list("{\"name\": \"a\", \"type\": \"boolean\"}");
        list("{\"name\": \"a\", \"type\": \"boolean\"}, " + added);
        byte[] head = numbers(1 << 20);
        byte[] million = Arrays.copyOf(head, head.length + (1 << 20) + 1);

        assertFails(old, Events.frame(old.id(), million))
                .hasMessageContaining("that are the defaults of the reader's schema");
        byte[] thousand = Arrays.copyOf(numbers(1_000), 2 + 1_000 + 1);
        assertThat(((Map<?, ?>) decode(old, Events.frame(old.id(), thousand))).get("items"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1_000);
    }

    private int names;

    private RegisteredSchema list(String itemFields) {
        return fields("""
                {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "I", "fields": [%s]}}}""".formatted(itemFields));
    }

    private static byte[] numbers(long... numbers) {
        Output out = new Output();
        for (long number : numbers) {
            out.writeLong(number);
        }
        return out.toByteArray();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"X\", \"fields\": [" + fields + "]}";
    }

    private RegisteredSchema fields(String fields) {
        return put(record(fields));
    }

    private RegisteredSchema put(String schema) {
        return registry.register(EVENT, schema);
    }

    private static RegisteredSchema registerUnchecked(String fields) {
        SchemaShelf shelf = new SchemaShelf(); // Ids from 100: none that the other schemas have.
        return shelf.put(EVENT, SchemaShelf.parse(record(fields)));
    }

    private static byte[] of(RegisteredSchema schema, Map<String, Object> fields) {
        Record record = new Record(schema.schema());
        fields.forEach(record::put);
        return Events.frame(schema, record);
    }

    private Object decode(RegisteredSchema written, byte[] frame) {
        assertThat(ByteBuffer.wrap(frame, 1, 4).getInt()).isEqualTo(written.id());
        return decoded(latest, frame).payload().value();
    }

    private static Decoded decoded(AvroTranscoder transcoder, byte[] frame) {
        return transcoder.decode(new Encoded(EventName.of(EVENT), "rapids", new RecordHeaders(), frame));
    }

    private AbstractThrowableAssert<?, ?> assertFails(RegisteredSchema written, byte[] frame) {
        return assertThatThrownBy(() -> decode(written, frame)).isInstanceOf(TranscodeException.class);
    }
}
