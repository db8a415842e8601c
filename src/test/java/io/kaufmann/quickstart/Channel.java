package io.kaufmann.quickstart;

/** Which of the quickstart's topics. */
enum Channel {
    /** Where the sample service reads. */
    ORDERS("orders", 4),
    /** Where it publishes: its default topic for publishing. */
    EVENTS("orders.events", 2),
    /** Where answers are awaited: the callback topic. */
    ANSWERS("orders.answers", 2);

    private final String topic;
    private final int partitions;

    Channel(String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
    }

    /** Its topic's name, where no other quickstart has been before. */
    String topic() {
        return topic;
    }

    int partitions() {
        return partitions;
    }
}
