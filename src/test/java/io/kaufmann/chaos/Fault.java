package io.kaufmann.chaos;

/**
 * A fault that was.
 *
 * @param kind what was done
 * @param start when it began
 * @param end when it was over
 */
record Fault(FaultKind kind, long start, long end) {}
