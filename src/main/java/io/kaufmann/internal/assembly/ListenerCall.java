package io.kaufmann.internal.assembly;

/** What a telemetry or a tracing is told, by the method that tells it. Immutable. */
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
    OBSERVED("observed", WhenCutOff.TOLD_UNLESS_FAULTY),
    // That of the end.
    LAST_OBSERVED("observed", WhenCutOff.TOLD),
    OPENED("opened", WhenCutOff.TOLD),
    CLOSED("closed", WhenCutOff.TOLD),

    // Of a tracing, its spans, and their scopes.
    HANDLING("handling"),
    PUBLISHING("publishing"),
    OPEN("open"),
    // A scope left open would be every later event's parent.
    CLOSE("close", WhenCutOff.TOLD),
    WRITTEN("written", WhenCutOff.TOLD_UNLESS_FAULTY),
    FAILED("failed", WhenCutOff.TOLD_UNLESS_FAULTY),
    END("end", WhenCutOff.TOLD_UNLESS_FAULTY);

    /** What becomes of a call while its listener is cut off. */
    enum WhenCutOff {
        /** It is not made. */
        LEFT_OUT,
        /** It is made, since a listener that is never told of an end keeps what it has. */
        TOLD,
        /** It is made unless calls of its own kind are what failed. */
        TOLD_UNLESS_FAULTY
    }

    private static final ListenerCall[] ALL = values();

    private final String method;
    private final WhenCutOff whenCutOff;

    ListenerCall(String method) {
        this(method, WhenCutOff.LEFT_OUT);
    }

    ListenerCall(String method, WhenCutOff whenCutOff) {
        this.method = method;
        this.whenCutOff = whenCutOff;
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
        return this != OBSERVED && this != LAST_OBSERVED && this != OPENED && this != CLOSED;
    }

    /** What becomes of it while the listener is cut off. */
    WhenCutOff whenCutOff() {
        return whenCutOff;
    }

    @Override
    public String toString() {
        return method + "()";
    }
}
