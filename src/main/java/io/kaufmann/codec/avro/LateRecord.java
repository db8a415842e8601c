package io.kaufmann.codec.avro;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * A record that is read when somebody asks for it: its bytes were passed over, and checked, as the event was decoded. Most handlers
 * never look at their events' metadata. Unmodifiable and thread-safe.
 */
final class LateRecord extends AbstractMap<String, Object> {

    private static final int LARGEST = 1 << 16;

    private final Kind kind;
    private final int start;
    // Not needed any more once the record is there: they are the whole event's.
    private volatile byte[] bytes;
    // Null until somebody asks. Two who ask at once may both read it.
    private volatile RecordMap record;

    /**
     * What the records of a schema have in common.
     *
     * @param size how many fields they have
     * @param reader reads them
     */
    private record Kind(int size, ValueReader reader) {}

    private LateRecord(Kind kind, byte[] bytes, int start) {
        this.kind = kind;
        this.bytes = bytes;
        this.start = start;
    }

    /** Whether passing over a record finds all that reading it would: logical types check more than their bytes. */
    static boolean suits(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schema.getFields().stream().allMatch(field -> isPlain(field.schema()));
    }

    private static boolean isPlain(Schema schema) {
        return switch (schema.getType()) {
            // One that holds itself ends nowhere.
            case RECORD -> false;
            case UNION -> schema.getTypes().stream().allMatch(LateRecord::isPlain);
            case MAP -> isPlain(schema.getValueType());
            case ARRAY -> isPlain(schema.getElementType());
            default -> LogicalReaders.typeOf(schema) == null;
        };
    }

    /**
     * A reader of such records.
     *
     * @param schema their schema
     * @param reader reads one at once
     */
    static ValueReader reader(Schema schema, ValueReader reader) {
        ValueReader skip = new Skips().of(schema);
        Kind kind = new Kind(schema.getFields().size(), reader);
        return in -> {
            int start = in.position();
            if (isPassedOver(skip, in) && in.position() - start <= LARGEST) {
                return new LateRecord(kind, in.bytes(), start);
            }
            // At once: for a message that names the field; or since memory may be short for it, not to be met within a
            // handler.
            in.rewind(start);
            return reader.read(in);
        };
    }

    private static boolean isPassedOver(ValueReader skip, Input in) {
        try {
            skip.read(in);
            return true;
        } catch (Misfit e) {
            return false;
        }
    }

    private RecordMap record() {
        // In this order: whoever finds no bytes finds the record.
        byte[] unread = bytes;
        RecordMap read = record;
        if (read == null) {
            read = (RecordMap) kind.reader().read(new Input(unread, start));
            record = read;
            bytes = null;
        }
        return read;
    }

    @Override
    public Object get(Object name) {
        return record().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return record().containsKey(name);
    }

    @Override
    public int size() {
        return kind.size();
    }

    @Override
    public Set<String> keySet() {
        return record().keySet();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        record().forEach(action);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return record().entrySet();
    }
}
