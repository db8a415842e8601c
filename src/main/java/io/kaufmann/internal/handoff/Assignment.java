package io.kaufmann.internal.handoff;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * One assignment of a partition to this process, from its start to its end. What is left of an earlier assignment is told
 * from the present one by identity. Thread-safe: the consumer thread opens and closes it, workers ask it.
 *
 * <p>While it is open, deliveries may start. Once it is draining none starts any more, and those that run are waited for.
 * Once it is abandoned, nothing that is still running may publish.
 */
public final class Assignment {

    private static final int DRAINING = Integer.MIN_VALUE;

    private final TopicPartition partition;
    // How many deliveries run; with the sign bit set, no more may start.
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean abandoned;

    /** An open assignment. */
    public Assignment(TopicPartition partition) {
        this.partition = partition;
    }

    /** The partition. */
    public TopicPartition partition() {
        return partition;
    }

    /** Counts one more running delivery, unless the assignment is draining. */
    boolean tryStart() {
        int now = running.get();
        while (now >= 0) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
            now = running.get();
        }
        return false;
    }

    /** Counts one running delivery less. */
    void ended() {
        running.decrementAndGet();
    }

    /** Lets no more deliveries start. */
    public void drain() {
        running.getAndUpdate(now -> now | DRAINING);
    }

    /** Gives up on what still runs: it must not publish any more. */
    public void abandon() {
        abandoned = true;
        drain();
    }

    /** How many deliveries run. */
    public int running() {
        return running.get() & ~DRAINING;
    }

    /** Whether what still runs must not publish any more. */
    public boolean isAbandoned() {
        return abandoned;
    }
}
