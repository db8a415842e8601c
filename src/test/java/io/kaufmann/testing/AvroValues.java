package io.kaufmann.testing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.generic.IndexedRecord;

/**
 * Between plain Java values and Avro's generic ones, for tests. A map stands for a record or a map, a collection for an
 * array, a string for an enum's symbol; bytes, numbers and logical types stay what they are.
 */
public final class AvroValues {

    private AvroValues() {}

    /** The record of a schema with these fields; those left out take their defaults. */
    public static GenericRecord record(Schema schema, Map<String, ?> fields) {
        GenericRecordBuilder builder = new GenericRecordBuilder(schema);
        fields.forEach((name, value) -> builder.set(name, generic(field(schema, name), value)));
        return builder.build();
    }

    /** A generic value as maps (in the order of the fields), lists and strings, ready to be compared. */
    public static Object plain(Object value) {
        if (value instanceof IndexedRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(f -> fields.put(f.name(), plain(record.get(f.pos()))));
            return fields;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, each) -> entries.put(key.toString(), plain(each)));
            return entries;
        }
        if (value instanceof Collection<?> elements) {
            List<Object> plain = new ArrayList<>();
            elements.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        return value instanceof CharSequence || value instanceof GenericEnumSymbol<?> ? value.toString() : value;
    }

    private static Object generic(Schema schema, Object value) {
        return switch (schema.getType()) {
            case RECORD -> value instanceof Map<?, ?> map ? record(schema, withStringKeys(map)) : value;
            case ENUM -> new GenericData.EnumSymbol(schema, value);
            case ARRAY ->
                ((Collection<?>) value)
                        .stream()
                                .map(element -> generic(schema.getElementType(), element))
                                .toList();
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                ((Map<?, ?>) value)
                        .forEach((k, each) -> entries.put(k.toString(), generic(schema.getValueType(), each)));
                yield entries;
            }
            case UNION -> generic(branch(schema, value), value);
            default -> value;
        };
    }

    /** The first branch of a union that fits. */
    private static Schema branch(Schema union, Object value) {
        return union.getTypes().stream()
                .filter(branch -> fits(branch, value))
                .findFirst()
                .orElseThrow(() -> new AvroTypeException("No branch of " + union + " fits " + value));
    }

    private static boolean fits(Schema schema, Object value) {
        return switch (schema.getType()) {
            case RECORD -> value instanceof Map<?, ?> map ? hasFields(schema, map) : isValid(schema, value);
            case ENUM -> value instanceof CharSequence && schema.hasEnumSymbol(value.toString());
            case ARRAY -> value instanceof Collection<?>;
            case MAP -> value instanceof Map<?, ?>;
            default -> isValid(schema, value);
        };
    }

    private static boolean isValid(Schema schema, Object value) {
        return GenericData.get().validate(schema, value);
    }

    private static boolean hasFields(Schema schema, Map<?, ?> map) {
        return map.keySet().stream().allMatch(key -> schema.getField(key.toString()) != null);
    }

    private static Schema field(Schema schema, String name) {
        if (schema.getField(name) == null) {
            throw new AvroTypeException(schema.getFullName() + " has no field " + name);
        }
        return schema.getField(name).schema();
    }

    private static Map<String, Object> withStringKeys(Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(key.toString(), value));
        return fields;
    }
}
