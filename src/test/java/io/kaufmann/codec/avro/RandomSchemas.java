package io.kaufmann.codec.avro;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.TimePeriod;

/** Schemas of every kind and values that fit them, at random but the same for the same seed. */
final class RandomSchemas {

    private static final List<Schema.Type> PRIMITIVES = List.of(
            Schema.Type.NULL,
            Schema.Type.BOOLEAN,
            Schema.Type.INT,
            Schema.Type.LONG,
            Schema.Type.FLOAT,
            Schema.Type.DOUBLE,
            Schema.Type.STRING,
            Schema.Type.BYTES);

    private static final int DEEP = 4;
    private static final int DEEPEST = 10;

    private final Random random;
    private final boolean everything;
    private final Deque<Schema> open = new ArrayDeque<>();
    private int names;
    private int level;

    /** Without logical types and recursion. */
    RandomSchemas(long seed) {
        this(seed, false);
    }

    private RandomSchemas(long seed, boolean everything) {
        this.random = new Random(seed);
        this.everything = everything;
    }

    /** With logical types and with records that hold records of their own kind. */
    static RandomSchemas ofEverything(long seed) {
        return new RandomSchemas(seed, true);
    }

    /** A record with up to five fields, nested up to this depth, which may hold records of its own kind. */
    Schema record(int depth) {
        Schema record = Schema.createRecord(name("R"), "some words", null, false);
        if (random.nextInt(4) == 0) {
            record.addAlias("old.R" + names++);
        }
        open.push(record);
        record.setFields(IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> field(depth))
                .toList());
        open.pop();
        return record;
    }

    private Field field(int depth) {
        Field field = new Field("f" + names++, schema(depth));
        if (random.nextInt(4) == 0) {
            field.addAlias("old" + names++);
        }
        return field;
    }

    private String name(String kind) {
        return List.of("test.", "test.deep.", "other.").get(random.nextInt(3)) + kind + names++;
    }

    private Schema schema(int depth) {
        return switch (random.nextInt(depth > 0 ? 17 : 12)) {
            case 0 -> Schema.createEnum(name("E"), null, null, List.of("A", "B", "C"));
            case 1 -> Schema.createFixed(name("F"), null, null, random.nextInt(4));
            case 2, 3, 4, 5 -> everything ? logical() : primitive();
            case 12 -> Schema.createArray(schema(depth - 1));
            case 13 -> Schema.createMap(schema(depth - 1));
            case 14 -> record(depth - 1);
            case 15 -> union(depth - 1);
            case 16 -> everything ? recursion() : union(depth - 1);
            default -> primitive();
        };
    }

    private Schema primitive() {
        return Schema.create(PRIMITIVES.get(random.nextInt(PRIMITIVES.size())));
    }

    private Schema logical() {
        return switch (random.nextInt(15)) {
            case 0 -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case 1 -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case 2 -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 3 -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 4 -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 5 -> LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
            case 6 -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case 7 -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case 8 -> LogicalTypes.localTimestampNanos().addToSchema(Schema.create(Schema.Type.LONG));
            case 9 -> decimal(Schema.create(Schema.Type.BYTES), 30);
            case 10 -> decimal(fixed(4), 9);
            case 11 -> LogicalTypes.bigDecimal().addToSchema(Schema.create(Schema.Type.BYTES));
            case 12 -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case 13 -> LogicalTypes.uuid().addToSchema(fixed(16));
            default -> LogicalTypes.duration().addToSchema(fixed(12));
        };
    }

    private Schema fixed(int size) {
        return Schema.createFixed(name("L"), null, null, size);
    }

    private Schema decimal(Schema schema, int digits) {
        int precision = 1 + random.nextInt(digits);
        return LogicalTypes.decimal(precision, random.nextInt(precision + 1)).addToSchema(schema);
    }

    /** A record that is not complete yet, where its values may end. */
    private Schema recursion() {
        List<Schema> records = List.copyOf(open);
        Schema record = records.get(random.nextInt(records.size()));
        return switch (random.nextInt(3)) {
            case 0 -> Schema.createArray(record);
            case 1 -> Schema.createMap(record);
            default -> Schema.createUnion(Schema.create(Schema.Type.NULL), record);
        };
    }

    private Schema union(int depth) {
        Map<String, Schema> branches = IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(i -> schema(depth))
                .filter(schema -> schema.getType() != Schema.Type.UNION)
                .collect(Collectors.toMap(Schema::getFullName, schema -> schema, (a, b) -> a, LinkedHashMap::new));
        branches.putIfAbsent("null", Schema.create(Schema.Type.NULL));
        List<Schema> different = new ArrayList<>(branches.values().stream()
                .collect(Collectors.toMap(RandomSchemas::kind, schema -> schema, (a, b) -> a, LinkedHashMap::new))
                .values());
        // Avro takes raw bytes for a decimal, the transcoder for a fixed of their size.
        if (everything && different.stream().anyMatch(branch -> branch.getType() == Schema.Type.BYTES)) {
            different.removeIf(branch -> branch.getType() == Schema.Type.FIXED && branch.getLogicalType() == null);
        }
        Collections.shuffle(different, random);
        return Schema.createUnion(different);
    }

    /** What tells the branches of a union apart for Avro's own writer, which looks at a value's class. */
    private static String kind(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return logical == null ? schema.getFullName() : logical.getName().replace("big-", "");
    }

    /** A value as the transcoder decodes it. */
    Object value(Schema schema) {
        if (schema.getLogicalType() != null) {
            return logical(schema);
        }
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case STRING -> text();
            case BYTES -> bytes(random.nextInt(20));
            case FIXED -> bytes(schema.getFixedSize());
            case ENUM -> schema.getEnumSymbols().get(random.nextInt(3));
            default -> nested(schema);
        };
    }

    private Object nested(Schema schema) {
        level++;
        try {
            return switch (schema.getType()) {
                case ARRAY ->
                    IntStream.range(0, size())
                            .mapToObj(i -> value(schema.getElementType()))
                            .collect(Collectors.toCollection(ArrayList::new));
                case MAP -> map(schema.getValueType());
                case UNION -> value(branch(schema));
                default -> fields(schema);
            };
        } finally {
            level--;
        }
    }

    private int size() {
        return level > DEEPEST ? 0 : random.nextInt(level > DEEP ? 2 : 5);
    }

    private Schema branch(Schema union) {
        int nothing = union.getIndexNamed("null");
        int size = union.getTypes().size();
        return union.getTypes().get(level > DEEPEST ? nothing : random.nextInt(size));
    }

    private Object logical(Schema schema) {
        long number = random.nextLong() >> (2 + random.nextInt(62));
        return switch (schema.getLogicalType().getName()) {
            case "date" -> LocalDate.ofEpochDay(number % Integer.MAX_VALUE);
            case "time-millis" -> LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000L) * 1_000_000);
            case "time-micros" -> LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000_000L) * 1_000);
            case "timestamp-millis" -> instant(number, 1_000);
            case "timestamp-micros" -> instant(number, 1_000_000);
            case "timestamp-nanos" -> instant(number, 1_000_000_000);
            case "local-timestamp-millis" -> LocalDateTime.ofInstant(instant(number, 1_000), ZoneOffset.UTC);
            case "local-timestamp-micros" -> LocalDateTime.ofInstant(instant(number, 1_000_000), ZoneOffset.UTC);
            case "local-timestamp-nanos" -> LocalDateTime.ofInstant(instant(number, 1_000_000_000), ZoneOffset.UTC);
            case "decimal" -> number((LogicalTypes.Decimal) schema.getLogicalType());
            case "big-decimal" -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(40) - 20);
            case "uuid" -> new UUID(random.nextLong(), random.nextLong());
            default -> TimePeriod.of(number & 0xffffffffL, number >>> 32, random.nextInt(1_000));
        };
    }

    private static Instant instant(long count, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(count, perSecond), Math.floorMod(count, perSecond) * (1_000_000_000 / perSecond));
    }

    private BigDecimal number(LogicalTypes.Decimal type) {
        BigInteger bound = BigInteger.TEN.pow(1 + random.nextInt(type.getPrecision()));
        BigInteger digits = new BigInteger(200, random).mod(bound);
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), type.getScale());
    }

    private Map<String, Object> fields(Schema schema) {
        Map<String, Object> record = new LinkedHashMap<>();
        schema.getFields().forEach(field -> record.put(field.name(), value(field.schema())));
        return record;
    }

    private Map<String, Object> map(Schema values) {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, size()).forEach(i -> map.put(text(), value(values)));
        return map;
    }

    private String text() {
        return random.ints(random.nextInt(8), 0, Character.MAX_CODE_POINT)
                .filter(c -> Character.isDefined(c) && !(c >= 0xd800 && c <= 0xdfff))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private ByteBuffer bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** What Avro's own reader found, as the transcoder would show it. */
    static Object plain(Object datum) {
        if (datum instanceof IndexedRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(field -> fields.put(field.name(), plain(record.get(field.pos()))));
            return fields;
        }
        if (datum instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, value) -> plain.put(key.toString(), plain(value)));
            return plain;
        }
        if (datum instanceof List<?> list) {
            return list.stream().map(RandomSchemas::plain).collect(Collectors.toCollection(ArrayList::new));
        }
        if (datum instanceof GenericFixed fixed) {
            return ByteBuffer.wrap(fixed.bytes());
        }
        return datum instanceof CharSequence || datum instanceof GenericEnumSymbol<?> ? datum.toString() : datum;
    }
}
