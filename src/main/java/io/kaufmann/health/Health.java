package io.kaufmann.health;

import java.util.List;

/**
 * How a service does at one moment. Immutable.
 *
 * @param status the whole in a word
 * @param state where the service stands in its life
 * @param problems what is wrong, each in a sentence; empty when nothing is
 * @param partitions the partitions that it reads, in order of topic and number
 * @param workers how many events can be handled at once, those counted that are stuck
 * @param lostWorkers how many workers are stuck in handlers that have passed their time limit and ignore their interrupt
 */
public record Health(
        Status status,
        State state,
        List<String> problems,
        List<PartitionHealth> partitions,
        int workers,
        int lostWorkers) {

    /** Copies the lists. */
    public Health {
        problems = List.copyOf(problems);
        partitions = List.copyOf(partitions);
    }

    /** The whole in a word. */
    public enum Status {
        /** It runs, and events go on. */
        UP,
        /** It runs, and some event has not gone on for longer than {@code kaufmann.stall.after}. */
        STALLED,
        /** It does not run: not yet, or not any more. */
        DOWN
    }
}
