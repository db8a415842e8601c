package io.kaufmann.internal.assembly;

import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Stage;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Something that does not go on.
 *
 * @param what what tells it from others: an event, or a part of the service
 * @param kind what it says of the service
 * @param text what it does or waits for, and for how long
 */
record Stall(Object what, Kind kind, String text) {

    /** What a stall says of the service. */
    enum Kind {
        /** A handler does not return: no outage, and a restart ends it. */
        HANDLER,
        /** An event waits, for a worker or for an outage to pass. */
        EVENT,
        /** A consumer cannot do its work. */
        CONSUMER
    }

    /**
     * What a consumer cannot do.
     *
     * @param consumer the consumer
     * @param what what it cannot do
     */
    record CannotDo(ConsumerThread consumer, String what) {}

    /** An event. */
    static Stall of(Delivery delivery, Kind kind, String doing, Duration age) {
        return new Stall(delivery, kind, delivery + " has been " + doing + " for " + age.toSeconds() + " s");
    }

    /** An event in a stage. */
    static Stall of(Delivery delivery, Stage stage, Duration age) {
        return of(
                delivery,
                stage == Stage.RUNNING ? Kind.HANDLER : Kind.EVENT,
                switch (stage) {
                    case RUNNING -> "running in its handler";
                    case QUEUED -> "waiting for a worker";
                    case ANSWERING -> "waiting for the broker or the registry";
                    case RETRYING -> "waiting for its next attempt";
                },
                age);
    }

    /** The partitions that do not go on with it. */
    Set<TopicPartition> partitions() {
        if (what instanceof Delivery delivery) {
            return Set.of(delivery.assignment().partition());
        }
        if (what instanceof ConsumerThread consumer) {
            return all(consumer);
        }
        if (what instanceof CannotDo trouble) {
            return all(trouble.consumer());
        }
        return what instanceof TopicPartition partition ? Set.of(partition) : Set.of();
    }

    private static Set<TopicPartition> all(ConsumerThread consumer) {
        return consumer.reports().stream().map(PartitionReport::partition).collect(Collectors.toSet());
    }
}
