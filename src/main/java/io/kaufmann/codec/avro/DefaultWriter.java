package io.kaufmann.codec.avro;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/**
 * Writes a schema's default in Avro's binary encoding, by the rules of Avro's own (of a union it is the first branch that
 * takes it), but within bounds: a record whose default holds records with defaults may grow without end.
 *
 * <p>Not thread-safe: one is made for each default.
 */
final class DefaultWriter {

    private static final int MAX_VALUES = 65_536;

    private final Output out = new Output();
    private int values;

    private DefaultWriter() {}

    /**
     * The default of a field.
     *
     * @throws Misfit when it does not fit its own type, or has no end
     */
    static byte[] encoded(Schema.Field field) {
        DefaultWriter writer = new DefaultWriter();
        writer.write(field.schema(), defaultOf(field));
        return writer.out.toByteArray();
    }

    /**
     * The default of a field, as Avro gives it.
     *
     * @throws Misfit when there is none, or it is no value of its type
     */
    static Object defaultOf(Schema.Field field) {
        if (!field.hasDefaultValue()) {
            throw new Misfit("no default for " + Values.cut(field.name(), 200));
        }
        try {
            return field.defaultVal();
        } catch (RuntimeException e) { // Of Avro, for a record's default with a field that the record does not have.
            throw new Misfit("no default can be read");
        }
    }

    private void write(Schema schema, Object value) {
        if (++values > MAX_VALUES) {
            throw new Misfit("more than " + MAX_VALUES + " values");
        }
        if (!takes(schema, value)) {
            throw new Misfit("not of its type");
        }
        switch (schema.getType()) {
            case UNION -> union(schema.getTypes(), value);
            case RECORD -> record(schema, (Map<?, ?>) value);
            case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
            case ARRAY -> array(schema.getElementType(), (Collection<?>) value);
            case ENUM -> out.writeLong(schema.getEnumOrdinal((String) value));
            case FIXED -> out.writeFixed(ByteBuffer.wrap((byte[]) value));
            case BYTES -> out.writeBytes(ByteBuffer.wrap((byte[]) value));
            case STRING -> out.writeString((String) value);
            case INT, LONG -> out.writeLong(((Number) value).longValue());
            case FLOAT -> out.writeFloat(((Number) value).floatValue());
            case DOUBLE -> out.writeDouble(((Number) value).doubleValue());
            case BOOLEAN -> out.writeBoolean((boolean) value);
            case NULL -> {
                return; // Takes no bytes.
            }
        }
    }

    private static boolean takes(Schema schema, Object value) {
        return switch (schema.getType()) {
            case NULL -> value == JsonProperties.NULL_VALUE;
            case BOOLEAN -> value instanceof Boolean;
            case INT -> value instanceof Integer;
            case LONG -> value instanceof Integer || value instanceof Long;
            case FLOAT, DOUBLE -> value instanceof Number;
            case STRING -> value instanceof String;
            case BYTES -> value instanceof byte[];
            case FIXED -> value instanceof byte[] bytes && bytes.length == schema.getFixedSize();
            case ENUM -> value instanceof String symbol && schema.hasEnumSymbol(symbol);
            case ARRAY -> value instanceof Collection<?>;
            case MAP, RECORD -> value instanceof Map<?, ?>;
            case UNION -> schema.getTypes().stream().anyMatch(branch -> takes(branch, value));
        };
    }

    private void union(List<Schema> branches, Object value) {
        for (int i = 0; i < branches.size(); i++) {
            if (takes(branches.get(i), value)) {
                out.writeLong(i);
                write(branches.get(i), value);
                return;
            }
        }
    }

    private void record(Schema schema, Map<?, ?> value) {
        out.enter();
        for (Schema.Field field : schema.getFields()) {
            Object given = value.get(field.name());
            write(field.schema(), given == null ? defaultOf(field) : given);
        }
        out.leave();
    }

    private void map(Schema type, Map<?, ?> entries) {
        out.enter();
        if (!entries.isEmpty()) {
            out.writeLong(entries.size());
        }
        entries.forEach((key, value) -> {
            out.writeString((String) key);
            write(type, value);
        });
        out.writeLong(0);
        out.leave();
    }

    private void array(Schema type, Collection<?> items) {
        out.enter();
        if (!items.isEmpty()) {
            out.writeLong(items.size());
        }
        items.forEach(item -> write(type, item));
        out.writeLong(0);
        out.leave();
    }
}
