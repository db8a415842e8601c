package io.kaufmann.chaos;

/**
 * An event that was sent and acknowledged.
 *
 * @param id its number
 * @param key its ordering key
 * @param partition where it is
 * @param offset its place there
 */
record Sent(long id, String key, int partition, long offset) {}
