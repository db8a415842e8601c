package io.kaufmann.internal.handoff;

/**
 * The headers of a dead letter, for those who write them and those who read them. {@link #CONNECT} is the beginning of Kafka Connect's
 * names (KIP-298), {@link #OWN} that of Kaufmann's own.
 */
public final class DeadLetterHeaders {

    /** How Kafka Connect's begin. */
    public static final String CONNECT = "__connect.errors.";
    /** How Kaufmann's own begin. */
    public static final String OWN = "kaufmann.dead.letter.";

    /** The topic it was read from. */
    public static final String TOPIC = CONNECT + "topic";
    /** The partition it was read from. */
    public static final String PARTITION = CONNECT + "partition";
    /** Its offset there. */
    public static final String OFFSET = CONNECT + "offset";
    /** What was being done when it failed. */
    public static final String STAGE = CONNECT + "stage";
    /** The class of the exception. */
    public static final String ERROR_CLASS = CONNECT + "exception.class.name";
    /** What the exception or the failure says. */
    public static final String ERROR_MESSAGE = CONNECT + "exception.message";
    /** Where in the code it came from. */
    public static final String STACK_TRACE = CONNECT + "exception.stacktrace";

    /** The event's name, without its ordering key. */
    public static final String EVENT = OWN + "event";
    /** Its ordering key. */
    public static final String ORDERING_KEY = OWN + "ordering.key";
    /** The consumer group that it failed for. */
    public static final String GROUP = OWN + "group";
    /** How often it was tried. */
    public static final String ATTEMPTS = OWN + "attempts";
    /** When it failed. */
    public static final String TIME = OWN + "time";

    private DeadLetterHeaders() {}
}
