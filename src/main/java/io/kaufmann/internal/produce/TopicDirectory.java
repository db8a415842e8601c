package io.kaufmann.internal.produce;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the topics that the producer can write to without waiting for their metadata. A topic that it does not know is
 * looked up on a thread of its own, {@code kaufmann-topics}, in two steps: the cluster is asked whether it exists, because a
 * missing topic and a silent cluster end in the same time-out of {@code send}; and the producer is made to fetch its
 * metadata, so that {@code send} does not. Thread-safe.
 */
final class TopicDirectory implements Topics, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicDirectory.class);

    // The producer forgets a topic that is not written to for metadata.max.idle.ms, 5 minutes; well before, it is
    // unknown.
    private static final long IDLE_NANOS = Duration.ofMinutes(2).toNanos();
    private static final long REFRESH_NANOS = Duration.ofMinutes(3).toNanos();
    // A topic that does not exist is not asked for again for so long.
    private static final long ABSENT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_TOPICS = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final TopicLookUp lookUp;
    private final Clock clock;
    private final ExecutorService executor;
    private final ConcurrentHashMap<String, TopicEntry> entries = new ConcurrentHashMap<>();
    private volatile boolean closed;

    TopicDirectory(Producer<byte[], byte[]> producer, TopicLookUp lookUp, Clock clock) {
        this.producer = producer;
        this.lookUp = lookUp;
        this.clock = clock;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "kaufmann-topics");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void find(String topic, Answer answer) {
        long now = clock.nanos();
        TopicEntry entry = entries.get(topic);
        if (entry == null || isOutdated(entry, now)) {
            entry = asked(topic, now);
        }
        if (entry.answerOrQueue(answer)) {
            entry.usedNanos = now;
            refreshIfOld(topic, entry, now);
        }
    }

    @Override
    public void forget(String topic) {
        entries.computeIfPresent(topic, (name, entry) -> entry.isSettled() ? null : entry);
    }

    private TopicEntry asked(String topic, long now) {
        if (entries.size() >= MOST_TOPICS) {
            entries.clear();
        }
        return entries.compute(topic, (name, old) -> old == null || isOutdated(old, now) ? ask(name, now) : old);
    }

    private static boolean isOutdated(TopicEntry entry, long now) {
        if (!entry.isSettled()) {
            return false;
        }
        return entry.isKnown() ? now - entry.usedNanos > IDLE_NANOS : now - entry.askedNanos > ABSENT_NANOS;
    }

    private TopicEntry ask(String topic, long now) {
        TopicEntry entry = new TopicEntry(now);
        run(() -> complete(topic, entry), entry);
        return entry;
    }

    private void refreshIfOld(String topic, TopicEntry known, long now) {
        if (now - known.askedNanos > REFRESH_NANOS && known.refreshing.compareAndSet(false, true)) {
            TopicEntry fresh = new TopicEntry(now);
            run(
                    () -> {
                        complete(topic, fresh);
                        if (fresh.isKnown()) {
                            entries.replace(topic, known, fresh);
                        } else {
                            known.refreshing.set(false);
                        }
                    },
                    fresh);
        }
    }

    private void run(Runnable task, TopicEntry entry) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            entry.settle(Optional.empty(), PublishException.unavailable("the service is stopped", e));
        }
    }

    private void complete(String topic, TopicEntry entry) {
        if (closed) {
            entry.settle(Optional.empty(), PublishException.unavailable("the service is stopped", null));
            return;
        }
        try {
            int existing = lookUp.partitions(topic);
            // Fewer than it has, if the producer has not heard of new ones yet; fewer than the producer believes, if
            // the
            // topic was made anew.
            entry.settle(
                    Optional.of(Math.min(existing, producer.partitionsFor(topic).size())), null);
        } catch (PublishException e) {
            LOG.debug("Topic {} was not found", topic, e);
            entry.settle(Optional.empty(), e);
        } catch (RuntimeException | Error e) {
            entry.settle(
                    Optional.empty(),
                    PublishException.unavailable("topic " + topic + " could not be looked up: " + e, e));
        }
    }

    /** Lets those who wait for a topic know that no answer comes any more. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // The look-up belongs to its thread: that closes it, as the last thing it does.
        executor.execute(lookUp::close);
        executor.shutdown();
    }
}
