package io.kaufmann.internal.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Commits what is finished. Consumer thread only, except what is marked. */
interface Committer extends AutoCloseable {

    /** Gets ready, before a partition is started. Throws a {@link org.apache.kafka.common.KafkaException} when it cannot. */
    void open();

    /** How long a poll may last that should last no longer than this: a commit may be due before. */
    Duration longestPoll(Duration longest);

    /** Whether the next event that ends is to be committed at once, so that the consumer thread is to be woken by it. */
    boolean awaitsAnEnd();

    /** Commits what is finished, if it is due. */
    void commitIfDue(Collection<PartitionLoop> partitions);

    /** Whether an answer of the broker has come, and is to be looked at in the next turn. Any thread. */
    boolean isAnswered();

    /** Whether an answer of the broker is awaited: it comes within a poll. */
    boolean isOnItsWay();

    /** Whether the last commits found the group in the midst of a rebalance. */
    boolean isRebalancing();

    /**
     * Commits what is finished and waits for it. A failure is logged: what is not committed is delivered again.
     *
     * @return false when it failed, for some of it at least
     */
    boolean commitNow(Collection<PartitionLoop> partitions, Duration timeout);

    /** A partition is given up: nothing of it is to be committed any more. */
    void forget(PartitionLoop partition);

    /** Commits fail or are not answered, and have not succeeded since. Any thread. */
    Optional<Trouble> trouble();

    /** Ends. */
    @Override
    void close();
}
