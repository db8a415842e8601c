package io.kaufmann.publish;

import java.util.Objects;
import java.util.OptionalInt;

/** Where one record of a {@link Publication} goes. Immutable and thread-safe. */
public sealed interface Target {

    /** The default topic for publishing, as configured. */
    record Default() implements Target {}

    /** The callback topic of the event that is answered; no record when that event names none. */
    record Callback() implements Target {}

    /**
     * A topic by name.
     *
     * @param name the topic's name
     * @param partition the partition, from 0; empty leaves it to the partition strategy
     */
    record Topic(String name, OptionalInt partition) implements Target {

        /** Checks that the name is there and the partition not negative. */
        public Topic {
            Objects.requireNonNull(partition, "partition");
            if (name.isBlank()) {
                throw new IllegalArgumentException("A target topic needs a name");
            }
            if (partition.isPresent() && partition.getAsInt() < 0) {
                throw new IllegalArgumentException(
                        "Partition " + partition.getAsInt() + " of " + name + " is negative");
            }
        }
    }

    /** The default topic for publishing. */
    static Target defaultTopic() {
        return new Default();
    }

    /** The callback topic of the event that is answered. */
    static Target callback() {
        return new Callback();
    }

    /**
     * A topic, its partition left to the partition strategy.
     *
     * @param name the topic's name
     * @return the target
     */
    static Target topic(String name) {
        return new Topic(name, OptionalInt.empty());
    }

    /**
     * One partition of a topic.
     *
     * @param name the topic's name
     * @param partition the partition, from 0
     * @return the target
     */
    static Target topic(String name, int partition) {
        return new Topic(name, OptionalInt.of(partition));
    }
}
