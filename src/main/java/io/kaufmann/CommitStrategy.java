package io.kaufmann;

/** How offsets are committed while events are handled. */
public enum CommitStrategy {
    /** Sent without waiting for the broker's answer: the consumer thread goes on reading. */
    ASYNC,
    /** Each commit waits for the broker's answer before the consumer thread reads on. */
    SYNC
}
