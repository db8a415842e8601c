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
        int start = in.position();
        Object[] values = new Object[fields.length];
        int place = 0;
        try {
            for (; place < values.length; place++) {
                values[place] = fields[place].read(in);
            }
        } catch (Misfit e) {
            throw e.inField(shape.name(place));
        }
        in.countEmpty(start);
        in.leave();
        return new RecordMap(shape, values);
    }
}
