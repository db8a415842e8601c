package io.kaufmann.bench;

import java.util.Map;

/**
 * What came of one run, in a JVM of its own.
 *
 * @param eventsPerSecond how many events were handled in a second; 0 where that is not what is measured
 * @param events how many were counted
 * @param cpuMicrosPerEvent what the whole process used for each
 * @param bytesPerEvent what was allocated for each
 * @param startMillis from the JVM's start to the first event
 * @param more what else was measured, by its name
 */
record Outcome(
        double eventsPerSecond,
        long events,
        double cpuMicrosPerEvent,
        double bytesPerEvent,
        long startMillis,
        Map<String, Double> more) {}
