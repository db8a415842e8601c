package io.kaufmann.codec.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.kaufmann.codec.TranscodeException;
import io.kaufmann.event.Meta;
import io.kaufmann.schema.RegisteredSchema;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryData;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that lie: each is an error of the event, in bounded time and memory. */
@Timeout(60)
class HostileBytesTest {

    private static final long MUCH = 16L << 20;

    private final Events events = new Events();

    @Test
    void lengthsThatTheBytesDoNotHave() {
        for (String type : new String[] {"string", "bytes"}) {
            RegisteredSchema schema = put('"' + type + '"');
            for (long length : new long[] {Integer.MAX_VALUE, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 2}) {
                assertRefused(schema, numbers(length, 0)).hasMessageContaining("a length of " + length + " bytes");
            }
        }
    }

    @Test
    void blocksThatTheBytesDoNotHave() {
        for (String type : new String[] {"\"array\", \"items\"", "\"map\", \"values\""}) {
            RegisteredSchema schema = put("{\"type\": %s: \"string\"}".formatted(type));
            for (long count : new long[] {Integer.MAX_VALUE, Long.MAX_VALUE, 1L << 40}) {
                assertRefused(schema, numbers(count, 0, 0)).hasMessageContaining(" left");
            }
            assertRefused(schema, numbers(Long.MIN_VALUE, 0)).hasMessageContaining("a block of");
            assertRefused(schema, numbers(-1, -1)).hasMessageContaining("a length of -1 bytes");
            assertRefused(schema, numbers(-1, 1L << 33)).hasMessageContaining("a length of 8589934592 bytes");
        }
    }

    @Test
    void anyNumberOfValuesThatTakeNoBytes() {
        for (String items : new String[] {
            "\"null\"",
            "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 0}",
            "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"n\", \"type\": \"null\"}]}"
        }) {
            assertRefused(put("{\"type\": \"array\", \"items\": %s}".formatted(items)), numbers(1L << 40, 0))
                    .hasMessageContaining("more than 65536 values that take no bytes");
        }
        assertThat(decode(put("{\"type\": \"array\", \"items\": \"null\"}"), numbers(1_000, 0)))
                .isEqualTo(Collections.nCopies(1_000, null));
    }

    @Test
    void recordsThatDoubleAtEachLevelWithoutABytes() {
        String type = "\"null\"";
        for (int i = 0; i < 40; i++) {
            type = """
                {"type": "record", "name": "R%d", "fields": [{"name": "a", "type": %s}, {"name": "b", "type": "%s"}]}""".formatted(i, type, i == 0 ? "null" : "R" + (i - 1));
        }

        assertRefused(put(type)).hasMessageContaining("values that take no bytes");
    }

    @Test
    void nestingWithoutEnd() {
        RegisteredSchema list = events.shelf.put("event.list", Schemas.LINKED_LIST);
        byte[] deep = new byte[20_000];
        Arrays.fill(deep, (byte) 2); // value 1, next present, value 1, ...

        assertRefused(list, deep).hasMessageContaining("nested deeper than 256 levels");
        assertRefused(put("{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"r\", \"type\": \"R\"}]}"))
                .hasMessageContaining("nested deeper than 256 levels");
        assertRefused(put("""
                                {"type": "record", "name": "T", "fields": [
                                  {"name": "t", "type": {"type": "array", "items": "T"}}]}"""), deep).hasMessageContaining("nested deeper than 256 levels");
    }

    @Test
    void asDeepAsAllowedStillReads() {
        RegisteredSchema list = events.shelf.put("event.list", Schemas.LINKED_LIST);
        byte[] deep = new byte[2 * Input.MAX_DEPTH];
        Arrays.fill(deep, (byte) 2);
        deep[deep.length - 1] = 0;

        assertThat(decode(list, deep)).isInstanceOf(Map.class);
    }

    @Test
    void indexesThatDoNotExist() {
        RegisteredSchema union = put("[\"null\", \"int\"]");
        RegisteredSchema symbols = put("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}");
        for (long index : new long[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertRefused(union, numbers(index)).hasMessageContaining("no union branch has the index " + index);
            assertRefused(symbols, numbers(index)).hasMessageContaining("no enum symbol has the index " + index);
        }
        assertRefused(union, numbers(1L << 32)).hasMessageContaining("more than 32 bits");
    }

    @Test
    void numbersWithoutEnd() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xff);

        assertRefused(put("\"long\""), endless).hasMessageContaining("more than 64 bits");
        assertRefused(put("\"int\""), numbers(1L << 31)).hasMessageContaining("more than 32 bits");
        assertRefused(put("\"boolean\""), (byte) 2).hasMessageContaining("0x02 is no boolean");
        assertRefused(put("\"boolean\"")).hasMessageContaining("1 bytes wanted, 0 left");
    }

    @Test
    void aMapOfAMillionEntriesTakesNoMoreThanItsBytesExplain() {
        RegisteredSchema schema = put("{\"type\": \"map\", \"values\": \"int\"}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(numbers(1_000_000));
        for (int i = 0; i < 1_000_000; i++) {
            out.writeBytes(new byte[] {0, 0}); // the key "", the value 0
        }
        out.write(0);

        assertThat(decode(schema, out.toByteArray())).isEqualTo(Map.of("", 0));
    }

    @Test
    void aSchemaThatNamesAClassLoadsNone() {
        RegisteredSchema schema = put("""
                {"type": "record", "name": "R", "fields": [
                  {"name": "a", "type": {"type": "string", "java-class": "io.kaufmann.codec.avro.HostileBytesTest$Trap"}},
                  {"name": "b", "type": {"type": "map", "values": "int", "java-key-class": "x.Y"}}]}""");

        assertThat(decode(schema, (byte) 2, (byte) 'x', (byte) 0)).isEqualTo(Map.of("a", "x", "b", Map.of()));
        assertThat(trapped).isFalse();
    }

    private static boolean trapped;

    static final class Trap {
        static {
            trapped = true;
        }
    }

    @Test
    void tenThousandMutatedFramesAreReadOrRefusedInBoundedMemory() {
        long seed = System.nanoTime();
        System.out.println("mutated frames: seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            RandomSchemas schemas = new RandomSchemas(seed + i % 500);
            Schema schema = i % 10 == 0 ? Events.ERROR : schemas.record(4);
            RegisteredSchema registered = events.shelf.put("event.x", schema);
            byte[] frame = mutated(encoded(schema, schemas.value(schema)), random);
            refused += isRefused(frame, "seed " + seed + ", mutation " + i + ", id " + registered.id()) ? 1 : 0;
        }
        assertThat(refused).as("mutations that were noticed").isBetween(3_000, 9_999);
    }

    private byte[] encoded(Schema schema, Object value) {
        if (!schema.equals(Events.ERROR)) {
            return events.encode("event.x", value);
        }
        Map<?, ?> event = (Map<?, ?>) value;
        @SuppressWarnings("unchecked") // As the schema says.
        Map<String, Object> meta = (Map<String, Object>) event.get("meta");
        return events.encode("event.x", Optional.ofNullable(meta).map(Meta::of), event.get("payload"));
    }

    private boolean isRefused(byte[] frame, String what) {
        long before = allocated();
        try {
            events.decode("event.x", frame);
            return false;
        } catch (TranscodeException e) {
            return true;
        } finally {
            assertThat(allocated() - before).as(what).isLessThan(MUCH);
        }
    }

    private static byte[] mutated(byte[] frame, Random random) {
        byte[] mutated = frame.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = mutated.length == 0 ? 0 : random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated = Arrays.copyOf(mutated, at);
                case 1 -> mutated = spliced(mutated, at, numbers(random.nextLong() >> random.nextInt(64)));
                case 2 -> mutated = spliced(mutated, at, new byte[random.nextInt(20)]);
                default -> {
                    if (mutated.length > 0) {
                        mutated[at] = (byte) random.nextInt();
                    }
                }
            }
        }
        return mutated;
    }

    private static byte[] spliced(byte[] frame, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(frame, frame.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(frame, at, longer, at + more.length, frame.length - at);
        return longer;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private RegisteredSchema put(String schema) {
        return events.shelf.put("event.x", SchemaShelf.parse(schema));
    }

    private Object decode(RegisteredSchema schema, byte... body) {
        return events.decode("event.x", Events.frame(schema.id(), body))
                .payload()
                .value();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(RegisteredSchema schema, byte... body) {
        long before = allocated();
        AbstractThrowableAssert<?, ? extends Throwable> refused =
                assertThatThrownBy(() -> decode(schema, body)).isInstanceOf(TranscodeException.class);
        assertThat(allocated() - before).isLessThan(MUCH);
        return refused;
    }

    /** Longs as Avro writes them. */
    private static byte[] numbers(long... numbers) {
        byte[] bytes = new byte[10 * numbers.length];
        int size = 0;
        for (long number : numbers) {
            size += BinaryData.encodeLong(number, bytes, size);
        }
        return Arrays.copyOf(bytes, size);
    }
}
