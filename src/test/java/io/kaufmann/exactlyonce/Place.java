package io.kaufmann.exactlyonce;

/**
 * Where a record is.
 *
 * @param partition its partition
 * @param offset its place there
 */
record Place(int partition, long offset) {

    static Place parse(String text) {
        int at = text.indexOf('@');
        return new Place(Integer.parseInt(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
