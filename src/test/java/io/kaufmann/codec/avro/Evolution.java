package io.kaufmann.codec.avro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;

/** Makes of a schema what it may have become, at random but the same for the same seed; most of it can read the old. */
final class Evolution {

    private static final Map<Schema.Type, List<Schema.Type>> WIDER = Map.of(
            Schema.Type.INT, List.of(Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE),
            Schema.Type.LONG, List.of(Schema.Type.FLOAT, Schema.Type.DOUBLE),
            Schema.Type.FLOAT, List.of(Schema.Type.DOUBLE),
            Schema.Type.STRING, List.of(Schema.Type.BYTES),
            Schema.Type.BYTES, List.of(Schema.Type.STRING));

    private final Random random;
    private int names;

    Evolution(long seed) {
        random = new Random(seed);
    }

    Schema of(Schema old) {
        if (old.getType() != Schema.Type.UNION && chance(10)) {
            return wrapped(of(old));
        }
        return switch (old.getType()) {
            case ARRAY -> Schema.createArray(of(old.getElementType()));
            case MAP -> Schema.createMap(of(old.getValueType()));
            case UNION -> union(old);
            case ENUM -> symbols(old);
            case FIXED ->
                aliased(
                        Schema.createFixed(
                                name(old), null, null, chance(3) ? old.getFixedSize() + 1 : old.getFixedSize()),
                        old);
            case RECORD -> record(old);
            default -> primitive(old);
        };
    }

    private Schema primitive(Schema old) {
        List<Schema.Type> wider = WIDER.getOrDefault(old.getType(), List.of());
        if (!wider.isEmpty() && chance(30)) {
            return Schema.create(pick(wider));
        }
        return Schema.create(
                chance(3)
                        ? pick(List.of(Schema.Type.INT, Schema.Type.STRING, Schema.Type.BOOLEAN, Schema.Type.DOUBLE))
                        : old.getType());
    }

    private Schema wrapped(Schema schema) {
        Schema nothing = Schema.create(Schema.Type.NULL);
        if (schema.getType() == Schema.Type.UNION || schema.getType() == Schema.Type.NULL) {
            return schema;
        }
        return random.nextBoolean() ? Schema.createUnion(nothing, schema) : Schema.createUnion(schema, nothing);
    }

    private Schema union(Schema old) {
        Map<String, Schema> branches = new LinkedHashMap<>();
        for (Schema branch : old.getTypes()) {
            Schema now = chance(15) ? null : of(branch);
            if (now != null && now.getType() != Schema.Type.UNION) {
                branches.put(now.getFullName(), now);
            }
        }
        List<Schema> types = new ArrayList<>(branches.values());
        if (types.isEmpty()) {
            return old;
        }
        if (chance(40)) {
            Collections.shuffle(types, random);
        }
        return chance(20) ? types.get(0) : Schema.createUnion(types);
    }

    private Schema symbols(Schema old) {
        List<String> symbols = new ArrayList<>(old.getEnumSymbols());
        if (chance(30)) {
            symbols.remove(random.nextInt(symbols.size()));
        }
        if (chance(30)) {
            symbols.add("NEW");
        }
        Collections.shuffle(symbols, random);
        return aliased(
                Schema.createEnum(name(old), null, null, symbols, random.nextBoolean() ? symbols.get(0) : null), old);
    }

    private Schema record(Schema old) {
        Schema record = aliased(Schema.createRecord(name(old), null, null, false), old);
        List<Field> fields = new ArrayList<>();
        for (Field field : old.getFields()) {
            if (!chance(20)) {
                fields.add(field(field));
            }
        }
        while (chance(40)) {
            fields.add(added());
        }
        if (chance(40)) {
            Collections.shuffle(fields, random);
        }
        record.setFields(fields);
        return record;
    }

    private Field field(Field old) {
        boolean renamed = chance(20);
        Field field = new Field(renamed ? "renamed" + names++ : old.name(), of(old.schema()));
        if (renamed && !chance(5)) {
            field.addAlias(old.name());
        }
        return field;
    }

    private Field added() {
        String name = "added" + names++;
        Schema bytes = Schema.create(Schema.Type.BYTES);
        return switch (random.nextInt(8)) {
            case 0 -> new Field(name, Schema.create(Schema.Type.INT), null, 7);
            case 1 -> new Field(name, Schema.create(Schema.Type.STRING), null, "Grüße");
            case 2 ->
                new Field(
                        name,
                        Schema.createUnion(Schema.create(Schema.Type.NULL), bytes),
                        null,
                        JsonProperties.NULL_VALUE);
            case 3 -> new Field(name, bytes, null, new byte[] {1, -1});
            case 4 -> new Field(name, Schema.createArray(Schema.create(Schema.Type.LONG)), null, List.of(1L, 2L));
            case 5 -> new Field(name, Schema.createMap(bytes), null, Map.of("k", new byte[] {5}));
            case 6 -> new Field(name, nested(), null, Map.of("inner", 1.5, "more", List.of()));
            default ->
                new Field(name, Schema.createEnum("test.Added" + names++, null, null, List.of("X", "Y")), null, "Y");
        };
    }

    private Schema nested() {
        return Schema.createRecord(
                "test.Nested" + names++,
                null,
                null,
                false,
                List.of(
                        new Field("inner", Schema.create(Schema.Type.DOUBLE)),
                        new Field("more", Schema.createArray(Schema.create(Schema.Type.NULL)))));
    }

    private String name(Schema old) {
        return chance(20) ? "test.Now" + names++ : old.getFullName();
    }

    private Schema aliased(Schema now, Schema old) {
        if (!now.getFullName().equals(old.getFullName()) && !chance(10)) {
            now.addAlias(old.getFullName());
        }
        return now;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
