package io.kaufmann.codec.avro;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Writes values that have no parts.
 *
 * @param expected how a message names them
 * @param convert the value as it is written; null when it does not fit
 * @param put writes what was converted
 * @param stretch how far a value that fits is from the type's own Java type
 */
record ScalarWriter<T>(
        String expected, Function<Object, T> convert, BiConsumer<Output, T> put, ToIntFunction<Object> stretch)
        implements ValueWriter {

    ScalarWriter(String expected, Function<Object, T> convert, BiConsumer<Output, T> put) {
        this(expected, convert, put, value -> 0);
    }

    @Override
    public void write(Object value, Output out) {
        T converted = convert.apply(value);
        if (converted == null) {
            throw Misfit.expected(expected, value);
        }
        put.accept(out, converted);
    }

    @Override
    public Fit fit(Object value, int levels) {
        return convert.apply(value) == null ? Fit.NONE : Fit.stretched(stretch.applyAsInt(value));
    }
}
