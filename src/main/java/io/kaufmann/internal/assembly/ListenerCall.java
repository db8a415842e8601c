package io.kaufmann.internal.assembly;

/** What a telemetry is told, by the method that tells it. Immutable. */
enum ListenerCall {
    DECODED("decoded"),
    HANDLED("handled"),
    ENCODED("encoded"),
    PUBLISHED("published"),
    FINISHED("finished"),
    PASSED_OVER("passedOver"),
    RETRIED("retried"),
    ERROR_SENT("errorSent"),
    DEAD_LETTERED("deadLettered"),
    COMMITTED("committed"),
    REBALANCED("rebalanced"),
    PAUSED("paused"),
    OBSERVED("observed"),
    OPENED("opened"),
    CLOSED("closed");

    private static final ListenerCall[] ALL = values();

    private final String method;

    ListenerCall(String method) {
        this.method = method;
    }

    /** The one of this number. */
    static ListenerCall of(int number) {
        return ALL[number];
    }

    /** Its number, for as long as this process runs. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
        return ordinal();
    }

    /** Whether events wait until it returns. What is told at the start, at the end, or on a thread of its own may take longer. */
    boolean keepsEventsWaiting() {
        return this != OBSERVED && this != OPENED && this != CLOSED;
    }

    @Override
    public String toString() {
        return method + "()";
    }
}
