package io.kaufmann.chaos;

/**
 * What came of an event: a reply or an error event.
 *
 * @param id the event's number
 * @param partition where the effect was written
 * @param offset its place there
 * @param nanos when it was read
 */
record Effect(long id, int partition, long offset, long nanos) {}
