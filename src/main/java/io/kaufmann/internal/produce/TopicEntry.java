package io.kaufmann.internal.produce;

import io.kaufmann.publish.PublishException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic, its look-up, and those who wait for it. They are answered in the order they came, and whoever comes while they are
 * being answered joins the queue, so that nobody overtakes: what was sent first is written first. Thread-safe.
 */
final class TopicEntry {

    private static final Logger LOG = LoggerFactory.getLogger(TopicEntry.class);

    final AtomicBoolean refreshing = new AtomicBoolean();
    final long askedNanos;
    // Racy on purpose: a lost update shortens the time by a moment.
    volatile long usedNanos;

    // Guarded by this.
    private final Queue<Topics.Answer> waiting = new ArrayDeque<>();
    // Set under the lock, once nobody waits any more.
    private volatile boolean settled;
    // Written before settled, read after it.
    private Optional<Integer> partitions = Optional.empty();
    private PublishException problem;

    TopicEntry(long nowNanos) {
        askedNanos = nowNanos;
        usedNanos = nowNanos;
    }

    boolean isSettled() {
        return settled;
    }

    /** Whether the topic can be written to. */
    boolean isKnown() {
        return settled && partitions.isPresent();
    }

    /** Answers at once when the look-up is done, and otherwise when it will be. Tells whether the topic is known. */
    boolean answerOrQueue(Topics.Answer answer) {
        if (!settled && queue(answer)) {
            return false;
        }
        tell(answer, partitions, problem);
        return partitions.isPresent();
    }

    private synchronized boolean queue(Topics.Answer answer) {
        return !settled && waiting.add(answer);
    }

    /** The look-up is done: answers all who wait. For the thread that looks topics up. */
    void settle(Optional<Integer> count, PublishException why) {
        Optional<Topics.Answer> next = nextOrSettled(count, why);
        while (next.isPresent()) {
            try {
                tell(next.get(), count, why);
            } catch (RuntimeException | Error e) {
                LOG.error("What waited for a topic could not go on. This is a bug in Kaufmann: please report it", e);
            }
            next = nextOrSettled(count, why);
        }
    }

    private synchronized Optional<Topics.Answer> nextOrSettled(Optional<Integer> count, PublishException why) {
        Optional<Topics.Answer> next = Optional.ofNullable(waiting.poll());
        if (next.isEmpty()) {
            partitions = count;
            problem = why;
            settled = true;
        }
        return next;
    }

    private static void tell(Topics.Answer answer, Optional<Integer> count, PublishException why) {
        if (count.isPresent()) {
            answer.partitions(count.get());
        } else {
            answer.unknown(why);
        }
    }
}
