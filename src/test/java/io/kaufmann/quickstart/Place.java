package io.kaufmann.quickstart;

/** Where a record stands in the topic that the service reads. */
record Place(int partition, long offset) {

    @Override
    public String toString() {
        return Channel.ORDERS.topic() + '-' + partition + '@' + offset;
    }
}
