package io.kaufmann.codec.avro;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** Writes one field of a record: what is given for it, or its default. */
final class FieldWriter {

    private static final String NULL_TEXT = "null";

    private final String name;
    private final int place;
    private final ValueWriter writer;
    private final boolean hasDefault;
    private final Object defaultValue;

    FieldWriter(Schema.Field field, ValueWriter writer) {
        this.name = field.name();
        this.place = field.pos();
        this.writer = writer;
        this.hasDefault = field.hasDefaultValue();
        this.defaultValue = hasDefault ? defaultValue(field) : null;
    }

    /**
     * The default as a value. One that does not fit its own type counts as null: KaufmannEx's metadata gives the text
     * {@code "null"} as the default of a callback topic, which means null. Where text goes first in a union, it is text.
     */
    private static Object defaultValue(Schema.Field field) {
        try {
            Object value = plain(field.defaultVal());
            return NULL_TEXT.equals(value) && isNullFirst(field.schema()) ? null : value;
        } catch (AvroRuntimeException | NullPointerException e) { // Avro's own answers to a default of another shape.
            return null;
        }
    }

    private static boolean isNullFirst(Schema schema) {
        return Envelope.branches(schema).get(0).getType() == Schema.Type.NULL;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((name, entry) -> plain.put(name, plain(entry)));
            return plain;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(FieldWriter::plain).toList();
        }
        return value == JsonProperties.NULL_VALUE ? null : value;
    }

    String name() {
        return name;
    }

    /** Where it stands in its record, from 0. */
    int place() {
        return place;
    }

    boolean hasDefault() {
        return hasDefault;
    }

    ValueWriter writer() {
        return writer;
    }

    void write(Object value, Output out) {
        writer.write(value, out);
    }

    void writeDefault(Output out) {
        try {
            writer.write(defaultValue, out);
        } catch (Misfit e) {
            throw new Misfit(
                    "missing, and the schema's default does not fit its own type: expected " + writer.expected());
        }
    }

    static String names(List<FieldWriter> fields) {
        return String.join(", ", fields.stream().map(FieldWriter::name).toList());
    }
}
