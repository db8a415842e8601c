package io.kaufmann.internal.handoff;

/** What an unfinished delivery does or waits for. */
public enum Stage {
    /** It waits for a worker, or behind others of its lane. */
    QUEUED,
    /** Its handler runs. */
    RUNNING,
    /** What came of it is not acknowledged yet, or an outage holds it up. */
    ANSWERING,
    /** It waits for its next attempt. */
    RETRYING
}
