package io.kaufmann.codec.avro;

/** Writes null, which takes no bytes. */
enum NullWriter implements ValueWriter {
    INSTANCE;

    @Override
    public String expected() {
        return "null";
    }

    @Override
    public void write(Object value, Output out) {
        if (value != null) {
            throw Misfit.expected(expected(), value);
        }
    }

    @Override
    public Fit fit(Object value, int levels) {
        return value == null ? Fit.EXACT : Fit.NONE;
    }
}
