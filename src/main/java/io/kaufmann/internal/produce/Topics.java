package io.kaufmann.internal.produce;

import io.kaufmann.publish.PublishException;

/** What is known of the topics to publish to. Thread-safe. */
interface Topics {

    /** Hears how many partitions a topic has, or why it cannot be written to. */
    interface Answer {

        /** The topic can be written to without waiting. */
        void partitions(int count);

        /** It cannot: it does not exist, may not be written to, or the cluster is silent. */
        void unknown(PublishException problem);
    }

    /** Finds out; at once, on this thread, when the topic is known, and otherwise later on another. */
    void find(String topic, Answer answer);

    /** Forgets a topic, so that it is looked up again. */
    void forget(String topic);
}
