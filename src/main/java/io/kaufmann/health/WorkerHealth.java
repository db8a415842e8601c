package io.kaufmann.health;

/**
 * The workers of a service. Immutable.
 *
 * @param size how many events can be handled at once, those counted that are stuck
 * @param busy how many handlers run, those of lost workers left out
 * @param lost how many workers are stuck in handlers that have passed their time limit and ignore their interrupt
 * @param queued how many events, or keys with events, wait for a worker
 */
public record WorkerHealth(int size, int busy, int lost, int queued) {

    /** Of a service that has none: not yet, or because it could not start. */
    public static final WorkerHealth NONE = new WorkerHealth(0, 0, 0, 0);
}
