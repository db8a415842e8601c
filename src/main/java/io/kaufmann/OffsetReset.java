package io.kaufmann;

/** Where a consumer group begins to read a partition for which it has committed nothing yet. */
public enum OffsetReset {
    /** With the events that are written from now on, as KaufmannEx does. */
    LATEST,
    /** With the oldest event that the topic still has. */
    EARLIEST
}
