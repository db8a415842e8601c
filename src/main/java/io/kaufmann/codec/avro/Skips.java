package io.kaufmann.codec.avro;

import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Makes readers that pass over what nobody wants, and build nothing: fields that the reader's schema does not have. They
 * check what they pass as others do what they read, for Avro's own readers may be asked for it later.
 *
 * <p>Not thread-safe: one is made for each pair of schemas, and gone once the readers are there.
 */
final class Skips {

    private final IdentityHashMap<Schema, RecordSkip> records = new IdentityHashMap<>();

    ValueReader of(Schema schema) {
        return switch (schema.getType()) {
            case STRING, BYTES -> Skips::skipBytes;
            case FIXED -> fixed(schema.getFixedSize());
            case ARRAY -> new BlockSkip(of(schema.getElementType()));
            case MAP -> new BlockSkip(entry(of(schema.getValueType())));
            case UNION -> Readers.union(schema.getTypes().stream().map(this::of).toList());
            case RECORD -> record(schema);
            default -> Readers.plain(schema);
        };
    }

    private static Object skipBytes(Input in) {
        in.skipBytes();
        return null;
    }

    private static ValueReader fixed(int size) {
        return in -> {
            in.skip(size);
            return null;
        };
    }

    private static ValueReader entry(ValueReader value) {
        return in -> {
            in.skipBytes();
            return value.read(in);
        };
    }

    private RecordSkip record(Schema schema) {
        RecordSkip known = records.get(schema);
        if (known != null) {
            return known;
        }
        RecordSkip made = new RecordSkip();
        records.put(schema, made);
        made.fields =
                schema.getFields().stream().map(field -> of(field.schema())).toList();
        return made;
    }

    private static final class RecordSkip implements ValueReader {

        // Set once, before anybody reads: a record may hold itself.
        private List<ValueReader> fields = List.of();

        @Override
        public Object read(Input in) {
            in.enter();
            for (ValueReader field : fields) {
                int start = in.position();
                field.read(in);
                in.countEmpty(start); // Each of them: passing over it takes time, if no memory.
            }
            in.leave();
            return null;
        }
    }

    /**
     * Passes over arrays and maps.
     *
     * @param items passes over an item, or over an entry's key and value
     */
    private record BlockSkip(ValueReader items) implements ValueReader {

        @Override
        public Object read(Input in) {
            in.enter();
            for (long count = in.readBlockCount(); count > 0; count = in.readBlockCount()) {
                for (long i = 0; i < count; i++) {
                    int start = in.position();
                    items.read(in);
                    in.countEmpty(start);
                }
            }
            in.leave();
            return null;
        }
    }
}
