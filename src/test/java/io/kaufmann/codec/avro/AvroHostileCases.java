package io.kaufmann.codec.avro;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoder.Decoded;
import io.kaufmann.codec.Transcoder.Encoded;
import io.kaufmann.event.EventName;
import io.kaufmann.fuzz.HostileCases;
import io.kaufmann.schema.RegisteredSchema;
import io.kaufmann.schema.SubjectStrategy;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryData;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Avro that lies, in Confluent's frames and bare. */
public final class AvroHostileCases implements HostileCases {

    private static final long[] LIES = {Integer.MAX_VALUE, Long.MAX_VALUE, 1L << 40, Long.MIN_VALUE, -1, -1L << 31};
    private static final String EMPTY_RECORD =
            "{\"type\": \"record\", \"name\": \"E\", \"fields\": [{\"name\": \"n\", \"type\": \"null\"}]}";

    private static boolean classLoaded;

    private final Events events = new Events();
    private final Transcoder bare = BareTranscoder.of(events.shelf, SubjectStrategy.eventName());
    private final List<Case> cases = new ArrayList<>();

    /** With a registry of its own. */
    public AvroHostileCases() {}

    /** A class that a schema names and that nothing may load. */
    static final class Trap {
        static {
            classLoaded = true;
        }
    }

    @Override
    public List<Case> cases() {
        frames();
        lengths();
        emptyValues();
        nesting();
        numbersAndIndexes();
        headers();
        classNames();
        writing();
        return cases;
    }

    private void frames() {
        for (int size = 0; size < 5; size++) {
            refused("a frame of " + size + " bytes", new byte[size]);
        }
        refused("no frame at all", null);
        refused("a negative id", new byte[] {0, -1, -1, -1, -1, 0});
        refused("the least id", new byte[] {0, Byte.MIN_VALUE, 0, 0, 0, 0});
        refused("an unknown id", new byte[] {0, Byte.MAX_VALUE, 0, 0, 0, 0});
    }

    private void lengths() {
        for (long lie : LIES) {
            both("a string of " + lie, "\"string\"", numbers(lie));
            both("bytes of " + lie, "\"bytes\"", numbers(lie));
            both("an array of " + lie, array("\"long\""), numbers(lie));
            both("a map of " + lie, "{\"type\": \"map\", \"values\": \"null\"}", numbers(lie));
            both("a block whose size is " + lie, array("\"long\""), numbers(-2, lie, 1, 1, 0));
        }
        both("a fixed of 2 GB", "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2147483639}", new byte[100]);
        both("arrays that each claim much", nestedArrays(200), claims(200));
    }

    private void emptyValues() {
        long most = 1L << 31;
        both("2^31 nulls", array("\"null\""), numbers(most, 0));
        both("2^31 nulls in a block with a size", array("\"null\""), numbers(-most, 0, 0));
        both("2^31 records without bytes", array(EMPTY_RECORD), numbers(most, 0));
        both("2^31 records of 1,000 nulls", array(nulls(1_000, "")), numbers(most, 0));
        both(
                "2^31 fixed without bytes",
                array("{\"type\": \"fixed\", \"name\": \"F\", \"size\": 0}"),
                numbers(most, 0));
        both("2^31 empty arrays", array(array("\"null\"")), numbers(most));
        byte[] flags = new byte[200_000];
        System.arraycopy(numbers(flags.length - 5), 0, flags, 0, 3);
        both(
                "200,000 records of 1 byte and 1,000 nulls",
                array(nulls(1_000, "{\"name\": \"flag\", \"type\": \"boolean\"}, ")),
                flags);
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        entries.writeBytes(numbers(1_000_000));
        for (int i = 0; i < 1_000_000; i++) {
            entries.writeBytes(
                    new byte[] {6, (byte) ('a' + i % 26), (byte) ('a' + i / 26 % 26), (byte) ('a' + i / 676 % 26)});
        }
        entries.write(0);
        cases.add(Case.read(
                "a map of a million entries",
                () -> framed("{\"type\": \"map\", \"values\": \"null\"}", entries.toByteArray())));
    }

    private void nesting() {
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 2);
        both("a list of 10,000 nodes", Schemas.LINKED_LIST.toString(), deep);
        both(
                "a record within itself",
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"r\", \"type\": \"R\"}]}");
        both("two records within each other", """
                {"type": "record", "name": "A", "fields": [{"name": "b", "type":
                  {"type": "record", "name": "B", "fields": [{"name": "a", "type": "A"}]}}]}""");
        both(
                "an array of its own record",
                "{\"type\": \"record\", \"name\": \"T\", \"fields\": [{\"name\": \"t\", \"type\": {\"type\": \"array\", \"items\": \"T\"}}]}",
                deep);
        both(
                "a map of its own record",
                "{\"type\": \"record\", \"name\": \"T\", \"fields\": [{\"name\": \"t\", \"type\": {\"type\": \"map\", \"values\": \"T\"}}]}",
                numbers(IntStream.range(0, 5_000)
                        .mapToLong(i -> i % 2 == 0 ? 1 : 0)
                        .toArray()));
        both("records that double at each level", doubling(60));
    }

    private void numbersAndIndexes() {
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xff);
        both("a number of 11 bytes", "\"long\"", endless);
        both("an int of 2^31", "\"int\"", numbers(1L << 31));
        both("a boolean of 2", "\"boolean\"", (byte) 2);
        for (long index : new long[] {2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE}) {
            both("union branch " + index, "[\"null\", \"int\"]", numbers(index));
            both(
                    "symbol " + index,
                    "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"B\"]}",
                    numbers(index));
        }
        String decimal = "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": %s, \"scale\": %s}";
        byte[] digits = new byte[100_000];
        Arrays.fill(digits, (byte) 0x7f);
        System.arraycopy(numbers(digits.length - 3), 0, digits, 0, 3);
        either("a decimal of 240,000 digits", decimal.formatted("9", "2"), digits);
        either("a decimal of a huge scale", decimal.formatted("2147483647", "2147483647"), (byte) 2, (byte) 1);
        either("a decimal of a scale beyond its precision", decimal.formatted("1", "2147483647"), (byte) 2, (byte) 1);
        either("a decimal without bytes", decimal.formatted("9", "2"), (byte) 0);
        either("text that is no UTF-8", "\"string\"", (byte) 8, (byte) 0xc0, (byte) 0x80, (byte) 0xff, (byte) 0xed);
        either("a uuid that is none", "{\"type\": \"string\", \"logicalType\": \"uuid\"}", (byte) 2, (byte) 'x');
        for (String type :
                new String[] {"timestamp-millis", "timestamp-micros", "local-timestamp-micros", "time-micros"}) {
            for (long time : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
                either(type + " " + time, "{\"type\": \"long\", \"logicalType\": \"" + type + "\"}", numbers(time));
            }
        }
        for (String type : new String[] {"date", "time-millis"}) {
            for (long time : new long[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
                either(type + " " + time, "{\"type\": \"int\", \"logicalType\": \"" + type + "\"}", numbers(time));
            }
        }
        byte[] most = new byte[12];
        Arrays.fill(most, (byte) 0xff);
        either(
                "the longest duration",
                "{\"type\": \"fixed\", \"name\": \"D\", \"size\": 12, \"logicalType\": \"duration\"}",
                most);
    }

    private void headers() {
        for (int size : new int[] {0, 1, 3, 4, 5, 15, 16, 17, 18, 10_000}) {
            byte[] id = new byte[size];
            Headers headers = new RecordHeaders().add("__value_schema_id", id);
            add(
                    "a schema id of " + size + " bytes in a header",
                    () -> decode(events.transcoder, "event.x", headers, new byte[3]));
        }
    }

    private void classNames() {
        String trap = Trap.class.getName();
        String schema = """
                {"type": "record", "name": "R", "java-class": "%1$s", "fields": [
                  {"name": "a", "type": {"type": "string", "java-class": "%1$s"}},
                  {"name": "b", "type": {"type": "map", "values": "int", "java-key-class": "%1$s"}},
                  {"name": "c", "type": {"type": "array", "items": "int", "java-element-class": "%1$s", "java-class": "%1$s"}},
                  {"name": "d", "type": {"type": "record", "name": "%2$s", "fields": []}}]}""".formatted(trap, trap.replace('$', '_'));
        cases.add(Case.read("a schema that names a class", () -> {
            Decoded decoded = framed(schema, (byte) 2, (byte) 'x', (byte) 0, (byte) 0);
            decoded.payload().asMap();
            if (classLoaded) {
                throw new AssertionError("the class was loaded");
            }
            return decoded;
        }));
    }

    private void writing() {
        events.shelf.put("event.list", Schemas.LINKED_LIST);
        Map<String, Object> list = null;
        for (int i = 0; i < 10_000; i++) {
            Map<String, Object> node = new HashMap<>();
            node.put("value", i);
            node.put("next", list);
            list = node;
        }
        Map<String, Object> deep = list;
        add("writing 10,000 nodes", () -> events.encode("event.list", deep));
        Map<String, Object> circle = new HashMap<>();
        circle.put("value", 1);
        circle.put("next", circle);
        add("writing a map that holds itself", () -> events.encode("event.list", circle));
    }

    private static String array(String items) {
        return "{\"type\": \"array\", \"items\": " + items + "}";
    }

    private static String nulls(int count, String before) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"name\": \"n" + i + "\", \"type\": \"null\"}")
                .collect(Collectors.joining(
                        ", ", "{\"type\": \"record\", \"name\": \"N\", \"fields\": [" + before, "]}"));
    }

    private static String nestedArrays(int depth) {
        return "{\"type\": \"array\", \"items\": ".repeat(depth) + "\"null\"" + "}".repeat(depth);
    }

    private static byte[] claims(int depth) {
        return numbers(IntStream.range(0, depth).mapToLong(i -> 1L << 40).toArray());
    }

    private static String doubling(int levels) {
        String type = "\"null\"";
        for (int i = 0; i < levels; i++) {
            type = """
                {"type": "record", "name": "R%d", "fields": [{"name": "a", "type": %s}, {"name": "b", "type": "%s"}]}""".formatted(i, type, i == 0 ? "null" : "R" + (i - 1));
        }
        return type;
    }

    private void refused(String name, byte[] value) {
        add(name, () -> decode(events.transcoder, "event.x", new RecordHeaders(), value));
    }

    /** Framed and bare, each to be refused. */
    private void both(String name, String schema, byte... body) {
        add(name, () -> framed(schema, body));
        add("bare, " + name, () -> bare(schema, body));
    }

    /** Read or refused, and a transcoder's own exception if so. */
    private void either(String name, String schema, byte... body) {
        cases.add(Case.read(name, () -> {
            try {
                return framed(schema, body).payload().value();
            } catch (TranscodeException e) {
                return e;
            }
        }));
    }

    private void add(String name, Callable<?> attempt) {
        cases.add(Case.refused(name, TranscodeException.class, attempt));
    }

    private Decoded framed(String schema, byte... body) {
        RegisteredSchema registered = events.shelf.put("event.x", parse(schema));
        return decode(events.transcoder, "event.x", new RecordHeaders(), Events.frame(registered.id(), body));
    }

    private Decoded bare(String schema, byte... body) {
        events.shelf.put("event.x", parse(schema));
        return decode(bare, "event.x", new RecordHeaders(), body);
    }

    private static Decoded decode(Transcoder transcoder, String event, Headers headers, byte[] value) {
        return transcoder.decode(new Encoded(EventName.of(event), "rapids", headers, value));
    }

    private static Schema parse(String schema) {
        return SchemaShelf.parse(schema);
    }

    private static byte[] numbers(long... numbers) {
        byte[] bytes = new byte[10 * numbers.length];
        int size = 0;
        for (long number : numbers) {
            size += BinaryData.encodeLong(number, bytes, size);
        }
        return Arrays.copyOf(bytes, size);
    }
}
