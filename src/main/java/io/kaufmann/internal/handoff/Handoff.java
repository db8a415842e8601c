package io.kaufmann.internal.handoff;

/**
 * What all consumer loops of a service hand their records out with. Thread-safe, as its parts are.
 *
 * @param names where events tell their names, and which are to be handled
 * @param shares divides the workers among partitions
 * @param flights what of ended assignments still runs
 * @param tally what becomes of events
 */
public record Handoff(Names names, Shares shares, Flights flights, Tally tally) {}
