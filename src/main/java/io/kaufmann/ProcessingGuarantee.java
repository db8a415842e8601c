package io.kaufmann;

/** What holds of an event's replies when a process crashes, or a partition moves, while the event is handled. */
public enum ProcessingGuarantee {
    /**
     * Nothing is lost. What was not committed is handled again, so a reply may be on its topic twice.
     */
    AT_LEAST_ONCE,
    /**
     * Nothing is lost, and whoever reads with {@code isolation.level=read_committed} finds each reply, error event and dead letter
     * once: they are published in one Kafka transaction with the offset of the event that they answer. An event may still be
     * handled again, so what its handler does elsewhere may happen twice.
     */
    EXACTLY_ONCE
}
