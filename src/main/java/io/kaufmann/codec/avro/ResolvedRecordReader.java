package io.kaufmann.codec.avro;

import java.util.List;

/** Reads records of one schema into {@link RecordMap}s of another: some fields move, some are passed over, some added. */
final class ResolvedRecordReader implements ValueReader {

    /** The place of what is passed over. */
    static final int NOWHERE = -1;

    /**
     * What is done for one field.
     *
     * @param name its name, for messages
     * @param reader reads it, passes over it, or knows what to add
     * @param place where the value goes
     * @param written whether the bytes hold it, rather than that a default is added
     */
    record Step(String name, ValueReader reader, int place, boolean written) {}

    private final RecordShape shape;
    // Set once, before anybody reads: a record may hold itself.
    private Step[] steps = {};

    ResolvedRecordReader(RecordShape shape) {
        this.shape = shape;
    }

    /** Completes the reader: the written fields in their order, then the added ones. */
    void steps(List<Step> all) {
        steps = all.toArray(Step[]::new);
    }

    @Override
    public RecordMap read(Input in) {
        in.enter();
        Object[] values = new Object[shape.size()];
        for (Step step : steps) {
            Object value = read(step, in);
            if (step.place != NOWHERE) {
                values[step.place] = value;
            }
        }
        in.leave();
        return new RecordMap(shape, values);
    }

    private static Object read(Step step, Input in) {
        try {
            int start = in.position();
            Object value = step.reader.read(in);
            if (step.written) {
                in.countEmpty(start);
            }
            return value;
        } catch (Misfit e) {
            throw e.inField(step.name);
        }
    }
}
