package io.kaufmann.internal.work;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import io.kaufmann.schema.RegistryUnavailableException;
import java.time.Duration;

/**
 * Tells an outage of the registry from an event that it cannot answer for: one whose schema makes it fail, say. When an event has
 * met "no usable answer" some times in a row, another request is made to the same registry. If such requests are answered for a
 * while, and the event fails all the same, it is the event's fault. Once is not enough: what the event met may be an answer
 * from before the registry came back, remembered or long on its way. A registry that lets nobody in is an outage of the
 * configuration, and never an event's fault. Thread-safe.
 */
final class Suspects {

    // With the pauses between them, about 5 seconds, and what the requests take.
    private static final int TRIES_BEFORE_PROBE = 7;
    // Longer than a request to the registry takes with its repetitions.
    private static final Duration OLDEST_ANSWER = Duration.ofSeconds(30);

    private final RegistryProbe probe;
    private final Clock clock;

    Suspects(RegistryProbe probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    /** Whether a problem of the registry, met once more after these tries, is the event's own. */
    boolean areOwnFault(RegistryUnavailableException problem, Tries tries) {
        if (tries.failed() + 1 < TRIES_BEFORE_PROBE || problem.isDenied()) {
            return false;
        }
        if (!probe.isAnswering()) {
            tries.nobodyAnswered();
            return false;
        }
        return tries.othersAnswered(clock.nanos()) >= OLDEST_ANSWER.toNanos();
    }

    /** The same for one that was met in publishing; what is not the registry's is never the event's own. */
    boolean areOwnFault(PublishException problem, Tries tries) {
        return problem.getCause() instanceof RegistryUnavailableException unavailable
                && areOwnFault(unavailable, tries);
    }
}
