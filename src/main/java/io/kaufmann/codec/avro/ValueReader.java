package io.kaufmann.codec.avro;

/** Reads values of one schema. Made once for each schema, immutable once made, used by all threads. */
@FunctionalInterface
interface ValueReader {

    /**
     * The value that stands at the input's position.
     *
     * @throws Misfit when the bytes are no such value
     */
    Object read(Input in);
}
