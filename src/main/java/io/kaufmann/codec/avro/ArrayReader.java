package io.kaufmann.codec.avro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads arrays into unmodifiable lists.
 *
 * @param items reads the items
 */
record ArrayReader(ValueReader items) implements ValueReader {

    /** What a stated count may reserve: arrays that nest and lie must not add up to much. */
    private static final int MAX_RESERVED = 1_024;

    @Override
    public Object read(Input in) {
        long count = in.readBlockCount();
        if (count == 0) {
            return List.of();
        }
        in.enter();
        List<Object> list = new ArrayList<>((int) Math.min(count, MAX_RESERVED));
        try {
            for (; count > 0; count = in.readBlockCount()) {
                readBlock(in, count, list);
            }
        } catch (Misfit e) {
            throw e.inItem(list.size());
        }
        in.leave();
        return Collections.unmodifiableList(list);
    }

    private void readBlock(Input in, long count, List<Object> list) {
        for (long i = 0; i < count; i++) {
            int start = in.position();
            list.add(items.read(in));
            in.countEmpty(start);
        }
    }
}
