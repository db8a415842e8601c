package io.kaufmann.internal.handoff;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
    private final Shares shares;
    private final Share share;
    private final ParkedKeys parked;
    // How many deliveries run; with the sign bit set, no more may start.
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean abandoned;
    // How many deliveries have ended, and at how many of them the consumer thread wants to be woken.
    private final AtomicLong ended = new AtomicLong();
    private volatile long wakeAt = Long.MAX_VALUE;
    private volatile Delivery awaited;

    /**
     * An open assignment.
     *
     * @param partition the partition
     * @param shares where its share of the workers comes from
     * @param parked the keys whose events go to the dead letters
     */
    public Assignment(TopicPartition partition, Shares shares, ParkedKeys parked) {
        this.partition = partition;
        this.shares = shares;
        this.share = shares.add();
        this.parked = parked;
    }

    /** Its share of the workers. */
    public Share share() {
        return share;
    }

    /** The keys whose events go to the dead letters. */
    public ParkedKeys parked() {
        return parked;
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

    /** The partition is full: its loop wants to be woken when so many deliveries have ended in all. Consumer thread. */
    public void wakeAt(long count) {
        wakeAt = count;
    }

    /** The partition has room: its loop need not be woken. Consumer thread. */
    public void wakeNever() {
        wakeAt = Long.MAX_VALUE;
    }

    /** Whether so many have ended that the loop should look. To be asked after {@link #wakeAt}: what ends later wakes. */
    public boolean hasRoomAgain() {
        return ended.get() >= wakeAt;
    }

    /** Its loop wants to be woken by the end of this one; null for none. Consumer thread. */
    public void await(Delivery delivery) {
        awaited = delivery;
    }

    /** Whether the one that is waited for has ended. To be asked after {@link #await}: one that ends later wakes. */
    public boolean hasAwaitedEnded() {
        Delivery present = awaited;
        return present != null && present.outcome() != null;
    }

    boolean isAwaited(Delivery delivery) {
        return awaited == delivery;
    }

    /** Counts one more that has ended. True for the one that makes enough. */
    boolean isEnoughEnded() {
        return ended.incrementAndGet() == wakeAt;
    }

    /** Lets no more deliveries start. */
    public void drain() {
        running.getAndUpdate(now -> now | DRAINING);
        shares.remove(share);
    }

    /** Whether no more deliveries may start. */
    public boolean isDraining() {
        return running.get() < 0;
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
