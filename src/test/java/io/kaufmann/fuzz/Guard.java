package io.kaufmann.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Holds a target to a memory that its input explains, and counts. One thread only. */
final class Guard {

    /** What any input may cost: exceptions, buffers, the 65,536 values without bytes that an Avro frame may hold. */
    private static final long BASE = 32L << 20;

    /** What each byte may cost: an item of one byte in an array of records is an object, an array and a place in a list. */
    private static final long FOR_EACH_BYTE = 1_024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FuzzTarget target;
    private long tried;
    private long accepted;

    Guard(FuzzTarget target) {
        this.target = target;
    }

    /** Gives the target an input. Whatever is thrown is a finding. */
    void give(byte[] input) throws Throwable {
        long limit = BASE + FOR_EACH_BYTE * input.length;
        long took = memory(input);
        if (took > limit) {
            took = memory(input); // The first of a kind loads classes, which Jazzer changes on the same thread.
        }
        if (took > limit) {
            throw new AssertionError(input.length + " bytes of input took " + took + " bytes of memory");
        }
        tried++;
    }

    private long memory(byte[] input) throws Throwable {
        long before = threads.getCurrentThreadAllocatedBytes();
        accepted += target.accepts(input) ? 1 : 0;
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** What was tried so far, on one line, as {@link FuzzRun} reads it. */
    String tally() {
        return "tried " + tried + ", accepted " + accepted;
    }
}
