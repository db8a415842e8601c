package io.kaufmann.internal.assembly;

import io.kaufmann.health.Reachability;
import io.kaufmann.health.Reachability.Answer;
import io.kaufmann.internal.time.Clock;
import java.util.Optional;

/**
 * What came of asking, and since when it has been so. Immutable.
 *
 * @param answer what came of it
 * @param sinceNanos since when
 * @param problem why there was no answer; empty when there was
 */
record Reach(Answer answer, long sinceNanos, Optional<String> problem) {

    /** Of what has not been asked yet. */
    static final Reach UNKNOWN = new Reach(Answer.UNKNOWN, 0, Optional.empty());

    /** Of what the service does not use. */
    static final Reach UNUSED = new Reach(Answer.UNUSED, 0, Optional.empty());

    /** It was asked once more, and this is the problem, if there is one. */
    Reach then(Optional<String> present, Clock clock) {
        Answer now = present.isEmpty() ? Answer.REACHED : Answer.NOT_REACHED;
        return new Reach(now, now == answer ? sinceNanos : clock.nanos(), present);
    }

    /** When it is not known any more. */
    Reach forgotten() {
        return answer == Answer.UNUSED ? this : UNKNOWN;
    }

    Reachability at(Clock clock) {
        return switch (answer) {
            case UNKNOWN -> Reachability.UNKNOWN;
            case UNUSED -> Reachability.UNUSED;
            case REACHED, NOT_REACHED -> new Reachability(answer, clock.since(sinceNanos), problem);
        };
    }
}
