package io.kaufmann.health;

import java.util.List;

/**
 * How a service does at one moment. Immutable.
 *
 * @param status the whole in a word
 * @param state where the service stands in its life
 * @param probes what an orchestrator such as Kubernetes asks for
 * @param problems what is wrong, each in a sentence; empty when nothing is
 * @param partitions the partitions that it reads, in order of topic and number
 * @param workers its workers
 * @param traffic what it has done so far
 * @param lastFailures the events that failed last, the newest first
 */
public record Health(
        Status status,
        State state,
        Probes probes,
        List<String> problems,
        List<PartitionHealth> partitions,
        WorkerHealth workers,
        Traffic traffic,
        List<LastFailure> lastFailures) {

    /** Copies the lists. */
    public Health {
        problems = List.copyOf(problems);
        partitions = List.copyOf(partitions);
        lastFailures = List.copyOf(lastFailures);
    }

    /** Whether the process is worth keeping: see {@link Probes#live()}. */
    public boolean live() {
        return probes.live();
    }

    /** Whether it can do its work at present: see {@link Probes#ready()}. */
    public boolean ready() {
        return probes.ready();
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

    /**
     * What an orchestrator asks for.
     *
     * @param live false only when a restart is the way to mend it: one of the service's threads has died, or a consumer thread has
     *     taken no turn within its limit. No outage makes it false, nor does an event that is stalled, unless {@code
     *     kaufmann.stalled.not.live} says so
     * @param ready whether it runs and reaches all that it works with
     * @param broker whether the broker answers
     * @param registry whether the schema registry answers
     */
    public record Probes(boolean live, boolean ready, Reachability broker, Reachability registry) {}
}
