package io.kaufmann.health;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether something that the service works with answered when it was last asked. Immutable.
 *
 * @param answer what came of it
 * @param lasting for how long it has been so
 * @param problem why there was no answer; empty when there was
 */
public record Reachability(Answer answer, Duration lasting, Optional<String> problem) {

    /** Of something that has not been asked yet. */
    public static final Reachability UNKNOWN = new Reachability(Answer.UNKNOWN, Duration.ZERO, Optional.empty());

    /** Of something that the service does not use. */
    public static final Reachability UNUSED = new Reachability(Answer.UNUSED, Duration.ZERO, Optional.empty());

    /** What came of asking. */
    public enum Answer {
        /** It answered. */
        REACHED,
        /** It did not answer, or refused the service. */
        NOT_REACHED,
        /** It has not been asked yet, or is not asked at all. */
        UNKNOWN,
        /** The service does not use such. */
        UNUSED
    }
}
