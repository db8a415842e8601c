package io.kaufmann.health;

/**
 * Where a service stands in its life.
 *
 * <pre>
 * CREATED -> STARTING -> RUNNING -> DRAINING -> STOPPED
 *                \           \          \
 *                 `-----------`----------`----> FAILED
 * </pre>
 */
public enum State {
    /** Made, not started. */
    CREATED,
    /** Looking for its broker, topics and schemas. */
    STARTING,
    /** Handling events. */
    RUNNING,
    /** Asked to stop: takes no new events, finishes those that run, commits. */
    DRAINING,
    /** Ended in order. */
    STOPPED,
    /** Ended, or could not start, because of an error that it cannot mend itself. */
    FAILED;

    /** Whether the service will not change its state any more. */
    public boolean isFinal() {
        return this == STOPPED || this == FAILED;
    }

    /**
     * Whether this state may be followed by another.
     *
     * @param next the other state
     * @return true when that step is in the drawing above
     */
    @SuppressWarnings("EnumOrdinal") // The states are declared in the order of the drawing.
    public boolean canBecome(State next) {
        if (isFinal() || (this == CREATED && next == FAILED)) {
            return false;
        }
        return next == FAILED || next.ordinal() == ordinal() + 1;
    }
}
