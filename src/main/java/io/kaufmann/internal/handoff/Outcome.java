package io.kaufmann.internal.handoff;

/** How a delivery ended. */
public enum Outcome {
    /** All that came of it is acknowledged: its offset may be committed. */
    DONE,
    /** Its assignment ended first: its offset must not be committed, the next owner of the partition gets it again. */
    DROPPED
}
