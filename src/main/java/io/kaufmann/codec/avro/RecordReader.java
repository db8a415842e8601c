package io.kaufmann.codec.avro;

import java.util.List;

/** Reads records into {@link RecordMap}s. */
final class RecordReader implements ValueReader {

    private final RecordShape shape;
    private final ValueReader[] fields;

    RecordReader(RecordShape shape) {
        this.shape = shape;
        this.fields = new ValueReader[shape.size()];
    }

    /** Completes the reader: one that reads itself, through some field, must be there before its fields' readers are. */
    void fields(List<ValueReader> readers) {
        readers.toArray(fields);
    }

    @Override
    public RecordMap read(Input in) {
        in.enter();
        Object[] values = new Object[fields.length];
        int place = 0;
        try {
            for (; place < values.length; place++) {
                int start = in.position();
                values[place] = fields[place].read(in);
                in.countEmpty(start); // Each of them, as each takes its place in memory.
            }
        } catch (Misfit e) {
            throw e.inField(shape.name(place));
        }
        in.leave();
        return new RecordMap(shape, values);
    }
}
