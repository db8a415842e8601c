package io.kaufmann.codec.avro;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.avro.Schema;

/**
 * Makes the readers of a schema, once for all its values.
 *
 * <p>Not thread-safe: one is made for each schema, and gone once the readers are there.
 */
final class Readers {

    private final Map<String, RecordReader> records = new HashMap<>();

    private final Optional<Schema.Field> late;

    private Readers(Optional<Schema.Field> late) {
        this.late = late;
    }

    static ValueReader of(Schema schema) {
        return of(schema, Optional.empty());
    }

    /** With a field of the schema that is read only when somebody asks for it, as far as that can be. */
    static ValueReader of(Schema schema, Optional<Schema.Field> late) {
        return new Readers(late.filter(field -> LateRecord.suits(field.schema()))).reader(schema);
    }

    private ValueReader reader(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> new ArrayReader(reader(schema.getElementType()));
            case MAP -> new MapReader(reader(schema.getValueType()));
            case UNION -> union(schema.getTypes().stream().map(this::reader).toList());
            case RECORD -> record(schema);
            default -> single(schema);
        };
    }

    /** The reader of a schema whose values have no parts: as its logical type, if it has one. */
    static ValueReader single(Schema schema) {
        ToLongFunction<Input> number = schema.getType() == Schema.Type.INT ? Input::readInt : Input::readLong;
        ValueReader logical = LogicalReaders.of(schema, number);
        return logical == null ? plain(schema) : logical;
    }

    /** The same, without regard to a logical type. */
    static ValueReader plain(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> in -> null;
            case BOOLEAN -> Input::readBoolean;
            case INT -> Input::readInt;
            case LONG -> Input::readLong;
            case FLOAT -> Input::readFloat;
            case DOUBLE -> Input::readDouble;
            case STRING -> Input::readString;
            case BYTES -> Input::readBytes;
            case FIXED -> fixed(schema.getFixedSize());
            case ENUM -> symbols(schema.getEnumSymbols());
            default -> throw new IllegalArgumentException(schema.getType() + " has parts");
        };
    }

    private static ValueReader fixed(int size) {
        return in -> in.readFixed(size);
    }

    private static ValueReader symbols(List<String> symbols) {
        return in -> symbols.get(symbol(in, symbols.size()));
    }

    /** The index of an enum's symbol, of so many. */
    static int symbol(Input in, int count) {
        int index = in.readInt();
        if (index < 0 || index >= count) {
            throw new Misfit("no enum symbol has the index " + index + ": there are " + count);
        }
        return index;
    }

    /** Reads a union, whose branches are read by these. */
    static ValueReader union(List<ValueReader> branches) {
        ValueReader[] readers = branches.toArray(ValueReader[]::new);
        return in -> {
            int index = in.readInt();
            if (index < 0 || index >= readers.length) {
                throw new Misfit("no union branch has the index " + index + ": there are " + readers.length);
            }
            return readers[index].read(in);
        };
    }

    private RecordReader record(Schema schema) {
        RecordReader known = records.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        RecordReader made = new RecordReader(new RecordShape(schema));
        records.put(schema.getFullName(), made);
        made.fields(schema.getFields().stream().map(this::reader).toList());
        return made;
    }

    private ValueReader reader(Schema.Field field) {
        ValueReader reader = reader(field.schema());
        return late.filter(field::equals).isPresent() ? LateRecord.reader(field.schema(), reader) : reader;
    }
}
