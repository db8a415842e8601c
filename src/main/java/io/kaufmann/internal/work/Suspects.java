package io.kaufmann.internal.work;

import io.kaufmann.publish.PublishException;
import io.kaufmann.schema.RegistryUnavailableException;

/**
 * Tells an outage of the registry from an event that it cannot answer for: one whose schema makes it fail, say. When an event has
 * met "no usable answer" some times in a row, and another request to the same registry is answered, it is the event's fault. A
 * registry that lets nobody in is an outage of the configuration, and never an event's fault. Thread-safe.
 */
final class Suspects {

    // With the pauses between them, about 12 seconds.
    private static final int TRIES_BEFORE_PROBE = 7;

    private final RegistryProbe probe;

    Suspects(RegistryProbe probe) {
        this.probe = probe;
    }

    /** Whether a problem of the registry, met for the given number of times, is the event's own. */
    boolean areOwnFault(RegistryUnavailableException problem, int tries) {
        return tries >= TRIES_BEFORE_PROBE && !problem.isDenied() && probe.isAnswering();
    }

    /** The same for one that was met in publishing; what is not the registry's is never the event's own. */
    boolean areOwnFault(PublishException problem, int tries) {
        return problem.getCause() instanceof RegistryUnavailableException unavailable
                && areOwnFault(unavailable, tries);
    }
}
