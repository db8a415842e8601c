package io.kaufmann.fuzz;

import java.util.List;

/** A decoder as a fuzzer sees it: bytes go in, and they are good or they are not. Made by a constructor without arguments. */
public interface FuzzTarget {

    /** Real inputs, the same each time: from these the fuzzer sets out. */
    List<byte[]> seeds();

    /**
     * Decodes, and where the bytes are good checks what came of them.
     *
     * @param input bytes that may lie
     * @return true when they were good, false when the decoder refused them by its own exception
     * @throws Throwable anything else, which is a finding
     */
    boolean accepts(byte[] input) throws Throwable;

    /** Which classes, as a pattern, show the fuzzer the way through the decoder. */
    default String guidedBy() {
        return "io.kaufmann.**";
    }

    /** The most bytes that one input may have. */
    default int longest() {
        return 4_096;
    }
}
