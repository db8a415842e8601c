package io.kaufmann.codec.avro;

/** Writes values of one schema. Made once for each schema, immutable once made, used by all threads. */
interface ValueWriter {

    /** How a message names what this writes: {@code double}, {@code record order.Item}. */
    String expected();

    /**
     * Writes a value, which {@link Values#plain} has unwrapped.
     *
     * @throws Misfit when the value does not fit
     */
    void write(Object value, Output out);

    /**
     * How well a value fits, for the choice between the branches of a union.
     *
     * @param value the value, which {@link Values#plain} has unwrapped
     * @param levels how deep to look into it
     */
    Fit fit(Object value, int levels);
}
