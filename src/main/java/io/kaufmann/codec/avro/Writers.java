package io.kaufmann.codec.avro;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Makes the writers of a schema, once for all its values.
 *
 * <p>Not thread-safe: one is made for each schema, and gone once the writers are there.
 */
final class Writers {

    private final Map<String, RecordWriter> records = new HashMap<>();

    private Writers() {}

    static ValueWriter of(Schema schema) {
        return new Writers().writer(schema);
    }

    private ValueWriter writer(Schema schema) {
        return Logical.of(schema).orElseGet(() -> physical(schema));
    }

    private ValueWriter physical(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> NullWriter.INSTANCE;
            case BOOLEAN -> Scalars.BOOLEAN;
            case INT -> Scalars.INT;
            case LONG -> Scalars.LONG;
            case FLOAT -> Scalars.FLOAT;
            case DOUBLE -> Scalars.DOUBLE;
            case STRING -> Scalars.STRING;
            case BYTES -> Scalars.BYTES;
            case FIXED -> Scalars.fixed(schema);
            case ENUM -> Scalars.symbols(schema);
            case ARRAY -> new ArrayWriter(writer(schema.getElementType()));
            case MAP -> new MapWriter(writer(schema.getValueType()));
            case UNION ->
                new UnionWriter(schema.getTypes().stream().map(this::writer).toList());
            case RECORD -> record(schema);
        };
    }

    private RecordWriter record(Schema schema) {
        RecordWriter known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        RecordWriter made = new RecordWriter(schema);
        records.put(schema.getFullName(), made);
        made.fields(schema.getFields().stream()
                .map(field -> new FieldWriter(field, writer(field.schema())))
                .toList());
        return made;
    }
}
