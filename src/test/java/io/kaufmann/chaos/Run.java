package io.kaufmann.chaos;

/**
 * A call of a handler.
 *
 * @param process the process that made it
 * @param id the event's number
 * @param key the event's ordering key
 * @param start when it began
 * @param end when it returned, or its process ended
 */
record Run(String process, long id, String key, long start, long end) {}
