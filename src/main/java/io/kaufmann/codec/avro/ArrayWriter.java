package io.kaufmann.codec.avro;

import java.util.Collection;

/**
 * Writes collections as Avro arrays.
 *
 * @param items writes the items
 */
record ArrayWriter(ValueWriter items) implements ValueWriter {

    @Override
    public String expected() {
        return "array of " + items.expected();
    }

    @Override
    public void write(Object value, Output out) {
        if (!(value instanceof Collection<?> collection)) {
            throw Misfit.expected(expected(), value);
        }
        out.enter();
        Object[] given = collection.toArray(); // One look at it: its size and its items must agree.
        if (given.length > 0) {
            out.writeLong(given.length);
            writeItems(given, out);
        }
        out.writeLong(0);
        out.leave();
    }

    private void writeItems(Object[] given, Output out) {
        int index = 0;
        try {
            for (; index < given.length; index++) {
                items.write(Values.plain(given[index]), out);
            }
        } catch (Misfit e) {
            throw e.inItem(index);
        }
    }

    @Override
    public Fit fit(Object value, int levels) {
        if (!(value instanceof Collection<?> collection)) {
            return Fit.NONE;
        }
        Fit fit = Fit.EXACT;
        if (levels > 0) {
            for (Object item : collection) {
                fit = fit.plus(items.fit(Values.plain(item), levels - 1));
            }
        }
        return fit;
    }
}
