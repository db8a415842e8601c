package io.kaufmann.internal.assembly;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.work.RegistryProbe;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code kaufmann-probe}: asks the brokers where the partitions end, and the registry whether it answers, again and again.
 * Whoever wants to know reads the last answers and waits for nobody. Thread-safe.
 */
final class Probe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);

    private final Broker broker;
    private final RegistryProbe registry;
    private final Supplier<Set<TopicPartition>> partitions;
    private final Duration interval;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "kaufmann-probe");
    // Written by its thread alone.
    private volatile Answers answers;
    // Until when the next answer must be there; null before the first. Written by its thread alone.
    private volatile Deadline nextDue;

    /** Asks for the ends of partitions. */
    interface Broker extends AutoCloseable {

        /** Waits for an answer, not for long. */
        Ends ends(Set<TopicPartition> partitions) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * What brokers answered.
     *
     * @param offsets the ends of partitions, as far as they are known
     * @param problem why there was no answer at all; empty when there was
     */
    record Ends(Map<TopicPartition, Long> offsets, Optional<String> problem) {}

    /**
     * The last answers. Immutable.
     *
     * @param broker whether a broker answered
     * @param registry whether the registry answered
     * @param ends where partitions ended when a broker last answered
     */
    record Answers(Reach broker, Reach registry, Map<TopicPartition, Long> ends) {

        Answers {
            ends = Map.copyOf(ends);
        }
    }

    /**
     * A probe that asks nobody yet.
     *
     * @param broker asks the brokers, and is closed with it
     * @param registry asks the registry
     * @param partitions those that are read at present
     * @param interval the time between two rounds
     * @param clock tells the time
     */
    Probe(
            Broker broker,
            RegistryProbe registry,
            Supplier<Set<TopicPartition>> partitions,
            Duration interval,
            Clock clock) {
        this.broker = broker;
        this.registry = registry;
        this.partitions = partitions;
        this.interval = interval;
        this.clock = clock;
        this.answers =
                new Answers(Reach.UNKNOWN, registry == RegistryProbe.NONE ? Reach.UNUSED : Reach.UNKNOWN, Map.of());
        thread.setDaemon(true);
    }

    /** Asks for the first time, and then again and again until it is closed. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            askAgainAndAgain();
        } catch (RuntimeException | Error e) {
            LOG.error("kaufmann-probe dies: nobody asks the brokers and the registry any more", e);
        } finally {
            broker.close();
        }
    }

    private void askAgainAndAgain() {
        while (!isClosing()) {
            try {
                turn();
                var unused = closing.await(interval.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                LOG.debug("Interrupted: it is closing, or a question was cut short", e);
            }
        }
    }

    /** Asks each once. */
    void turn() throws InterruptedException {
        Ends ends = askBroker();
        Answers before = answers;
        answers = new Answers(
                before.broker().then(ends.problem(), clock),
                before.registry(),
                ends.problem().isEmpty() ? ends.offsets() : before.ends());
        nextDue = Deadline.in(interval.plus(LONGEST_QUESTION), clock);
        if (registry == RegistryProbe.NONE) {
            return;
        }
        Optional<String> problem = askRegistry();
        // What an interrupted question came to tells nothing of the registry.
        if (!isClosing()) {
            answers = new Answers(answers.broker(), answers.registry().then(problem, clock), answers.ends());
            nextDue = Deadline.in(interval.plus(LONGEST_QUESTION), clock);
        }
    }

    private Ends askBroker() throws InterruptedException {
        try {
            return broker.ends(partitions.get());
        } catch (RuntimeException | Error e) {
            LOG.debug("Could not ask the brokers", e);
            return new Ends(
                    Map.of(),
                    Optional.of("The Kafka brokers could not be asked ("
                            + e.getClass().getName() + ")"));
        }
    }

    private Optional<String> askRegistry() {
        try {
            return registry.problem();
        } catch (RuntimeException | Error e) {
            LOG.debug("Could not ask the registry", e);
            return Optional.of(
                    "The schema registry could not be asked (" + e.getClass().getName() + ")");
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** The last answers; what they told is unknown when they are too old. */
    Answers answers() {
        Answers last = answers;
        return isLate() ? new Answers(Reach.UNKNOWN, last.registry().forgotten(), last.ends()) : last;
    }

    /** Whether the next answer should have been there by now: its thread hangs or has died. */
    boolean isLate() {
        Deadline due = nextDue;
        return due != null && due.isOver();
    }

    /** Whether its thread was started and has ended. */
    boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    /** Ends its thread, at once unless it hangs in a question that takes no notice of an interrupt. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
