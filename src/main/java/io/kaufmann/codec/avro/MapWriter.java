package io.kaufmann.codec.avro;

import java.util.Map;

/**
 * Writes maps as Avro maps, in the order they iterate.
 *
 * @param values writes the values
 */
record MapWriter(ValueWriter values) implements ValueWriter {

    /** Where a record fits too, even one of many defaults, it says more. */
    private static final int LESS_THAN_A_RECORD = 10_000;

    @Override
    public String expected() {
        return "map of " + values.expected();
    }

    @Override
    public void write(Object value, Output out) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Misfit.expected(expected(), value);
        }
        out.enter();
        Object[] entries = map.entrySet().toArray(); // One look at it: its size and its entries must agree.
        if (entries.length > 0) {
            out.writeLong(entries.length);
            for (Object entry : entries) {
                writeEntry((Map.Entry<?, ?>) entry, out);
            }
        }
        out.writeLong(0);
        out.leave();
    }

    private void writeEntry(Map.Entry<?, ?> entry, Output out) {
        if (!(entry.getKey() instanceof CharSequence key)) {
            throw Misfit.expected("text for a map's key", entry.getKey());
        }
        try {
            out.writeString(key);
            values.write(Values.plain(entry.getValue()), out);
        } catch (Misfit e) {
            throw e.inItem('"' + Values.cut(key) + '"');
        }
    }

    @Override
    public Fit fit(Object value, int levels) {
        if (!(value instanceof Map<?, ?> map)) {
            return Fit.NONE;
        }
        Fit fit = Fit.stretched(LESS_THAN_A_RECORD);
        if (levels > 0) {
            for (Object entry : map.values()) {
                fit = fit.plus(values.fit(Values.plain(entry), levels - 1));
            }
        }
        return fit;
    }
}
