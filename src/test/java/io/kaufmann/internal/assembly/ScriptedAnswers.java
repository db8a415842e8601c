package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.work.RegistryProbe;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A probe whose broker and registry answer what the test says, when it says so. */
final class ScriptedAnswers implements Probe.Broker, RegistryProbe {

    private static final TopicPartition P0 = new TopicPartition("orders", 0);

    static final Duration INTERVAL = Duration.ofHours(1);

    private final Probe probe;
    private volatile Probe.Ends ends = new Probe.Ends(Map.of(), Optional.empty());
    private volatile Optional<String> registryProblem = Optional.empty();
    volatile Runnable whenAsked = () -> {};

    ScriptedAnswers(Clock clock) {
        this.probe = new Probe(this, this, () -> Set.of(P0), INTERVAL, clock);
    }

    Probe probe() {
        return probe;
    }

    void reachAll() {
        ask(Optional.empty(), Optional.empty());
    }

    /** Asks both, of which each has this problem or none. */
    void ask(Optional<String> ofBroker, Optional<String> ofRegistry) {
        ends = new Probe.Ends(ends.offsets(), ofBroker);
        registryProblem = ofRegistry;
        try {
            probe.turn();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on its questions end in an error that nobody has foreseen. */
    void breakQuestions() {
        ends = null;
    }

    /** Asks both, and the partition ends here. */
    void end(long offset) {
        ends = new Probe.Ends(Map.of(P0, offset), Optional.empty());
        reachAll();
    }

    @Override
    public Probe.Ends ends(Set<TopicPartition> partitions) {
        return ends;
    }

    @Override
    public boolean isAnswering() {
        return problem().isEmpty();
    }

    @Override
    public Optional<String> problem() {
        whenAsked.run();
        return registryProblem;
    }

    @Override
    public void close() {}
}
