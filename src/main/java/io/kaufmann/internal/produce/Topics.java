package io.kaufmann.internal.produce;

import io.kaufmann.internal.handoff.Outbox.Acknowledgement;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.publish.PublishException;
import java.util.function.IntConsumer;

/** What is known of the topics to publish to. Thread-safe. */
public interface Topics {

    /** Hears how many partitions a topic has, or why it cannot be written to. */
    interface Answer {

        /** The topic can be written to without waiting. */
        void partitions(int count);

        /** It cannot: it does not exist, may not be written to, or the cluster is silent. */
        void unknown(PublishException problem);
    }

    /** Finds out; at once, on this thread, when the topic is known, and otherwise later on another. */
    void find(String topic, Answer answer);

    /** Looks up how many partitions a record's topic has, and goes on if it is still wanted then. */
    default void find(OutgoingRecord record, Acknowledgement acknowledgement, IntConsumer whenFound) {
        find(record.topic(), new Answer() {
            @Override
            public void partitions(int count) {
                if (acknowledgement.isWanted()) {
                    whenFound.accept(count);
                } else {
                    acknowledgement.failed(PublishException.unavailable(
                            record.name().printable() + " is not sent any more: its partition is another's by now",
                            null));
                }
            }

            @Override
            public void unknown(PublishException problem) {
                String message = "Cannot publish " + record.name().printable() + ": " + problem.getMessage();
                acknowledgement.failed(
                        problem.retriable()
                                ? PublishException.unavailable(message, problem)
                                : PublishException.rejected(message, problem));
            }
        });
    }

    /** Forgets a topic, so that it is looked up again. */
    void forget(String topic);
}
