package io.kaufmann.codec.avro;

import java.lang.reflect.Array;
import java.util.Collection;

/**
 * Writes collections and Java's arrays as Avro arrays.
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
        Object[] given = items(value);
        if (given == null) {
            throw Misfit.expected(expected(), value);
        }
        out.enter();
        if (given.length > 0) {
            out.writeLong(given.length);
            writeItems(given, out);
        }
        out.writeLong(0);
        out.leave();
    }

    /**
     * The items of a collection or an array; null for anything else. A collection is looked at once, since its size and its
     * items must agree. Bytes are no list of numbers.
     */
    private static Object[] items(Object value) {
        if (value instanceof Collection<?> collection) {
            return collection.toArray();
        }
        if (value instanceof Object[] array) {
            return array;
        }
        return value == null || !value.getClass().isArray() || value instanceof byte[] ? null : boxed(value);
    }

    private static Object[] boxed(Object array) {
        Object[] boxed = new Object[Array.getLength(array)];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = Array.get(array, i);
        }
        return boxed;
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
        Object[] given = items(value);
        if (given == null) {
            return Fit.NONE;
        }
        Fit fit = Fit.EXACT;
        if (levels > 0) {
            for (Object item : given) {
                fit = fit.plus(items.fit(Values.plain(item), levels - 1));
            }
        }
        return fit;
    }
}
