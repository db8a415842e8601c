package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;

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

    private final Random random;
    private int names;

    RandomSchemas(long seed) {
        random = new Random(seed);
    }

    /** A record with up to five fields, nested up to this depth. */
    Schema record(int depth) {
        String name = "test.R" + names++;
        List<Field> fields = IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> new Field("f" + names++, schema(depth)))
                .toList();
        return Schema.createRecord(name, null, null, false, new ArrayList<>(fields));
    }

    private Schema schema(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0 -> Schema.createEnum("test.E" + names++, null, null, List.of("A", "B", "C"));
            case 1 -> Schema.createFixed("test.F" + names++, null, null, random.nextInt(4));
            case 8 -> Schema.createArray(schema(depth - 1));
            case 9 -> Schema.createMap(schema(depth - 1));
            case 10 -> record(depth - 1);
            case 11 -> union(depth - 1);
            default -> Schema.create(PRIMITIVES.get(random.nextInt(PRIMITIVES.size())));
        };
    }

    private Schema union(int depth) {
        Map<String, Schema> branches = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> schema(depth))
                .filter(schema -> schema.getType() != Schema.Type.UNION)
                .collect(Collectors.toMap(Schema::getFullName, schema -> schema, (a, b) -> a, LinkedHashMap::new));
        branches.putIfAbsent("null", Schema.create(Schema.Type.NULL));
        return Schema.createUnion(new ArrayList<>(branches.values()));
    }

    /** A value as the transcoder decodes it. */
    Object value(Schema schema) {
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
            case ARRAY ->
                IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> value(schema.getElementType()))
                        .collect(Collectors.toCollection(ArrayList::new));
            case MAP -> map(schema.getValueType());
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> fields(schema);
        };
    }

    private Map<String, Object> fields(Schema schema) {
        Map<String, Object> record = new LinkedHashMap<>();
        schema.getFields().forEach(field -> record.put(field.name(), value(field.schema())));
        return record;
    }

    private Map<String, Object> map(Schema values) {
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, random.nextInt(5)).forEach(i -> map.put(text(), value(values)));
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
