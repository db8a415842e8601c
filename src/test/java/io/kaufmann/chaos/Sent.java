package io.kaufmann.chaos;

/**
 * An event that was sent and acknowledged.
 *
 * @param id its number
 * @param key its ordering key
 * @param deed what it makes its handler do
 * @param partition where it is
 * @param offset its place there
 */
record Sent(long id, String key, Deed deed, int partition, long offset) {

    /** Where it is, as one text. */
    String place() {
        return place(partition, offset);
    }

    static String place(Object partition, Object offset) {
        return partition + "@" + offset;
    }
}
