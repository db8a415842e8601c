package io.kaufmann.internal.produce;

import io.kaufmann.internal.time.Clock;
import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration REFRESH = Duration.ofMinutes(3);
    // A topic that does not exist is not asked for again for so long.
    private static final Duration ABSENT = Duration.ofSeconds(5);
    private static final int MOST_TOPICS = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final TopicLookUp lookUp;
    private final Clock clock;
    private final ExecutorService executor;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

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

    /** A topic and its look-up. */
    private static final class Entry {
        final CompletableFuture<Integer> partitions = new CompletableFuture<>();
        final AtomicBoolean refreshing = new AtomicBoolean();
        final long askedNanos;
        // Racy on purpose: a lost update shortens the time by a moment.
        volatile long usedNanos;

        Entry(long nowNanos) {
            askedNanos = nowNanos;
            usedNanos = nowNanos;
        }

        boolean isKnown() {
            return partitions.isDone() && !partitions.isCompletedExceptionally();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What comes of it goes to the answer.
    public void find(String topic, Answer answer) {
        Entry entry = entries.get(topic);
        if (entry == null || isOutdated(entry)) {
            entry = asked(topic);
        }
        if (entry.isKnown()) {
            entry.usedNanos = clock.nanos();
            answer.partitions(entry.partitions.join());
            refreshIfOld(topic, entry);
            return;
        }
        var unused = entry.partitions.whenComplete((count, problem) -> {
            if (problem == null) {
                answer.partitions(count);
            } else {
                answer.unknown(asPublishException(topic, problem));
            }
        });
    }

    /** Forgets a topic, so that it is looked up again. */
    void forget(String topic) {
        entries.computeIfPresent(topic, (name, entry) -> entry.partitions.isDone() ? null : entry);
    }

    private Entry asked(String topic) {
        if (entries.size() >= MOST_TOPICS) {
            entries.clear();
        }
        return entries.compute(topic, (name, old) -> old == null || isOutdated(old) ? ask(name) : old);
    }

    private boolean isOutdated(Entry entry) {
        if (!entry.partitions.isDone()) {
            return false;
        }
        return entry.isKnown()
                ? clock.since(entry.usedNanos).compareTo(IDLE) > 0
                : clock.since(entry.askedNanos).compareTo(ABSENT) > 0;
    }

    private Entry ask(String topic) {
        Entry entry = new Entry(clock.nanos());
        run(() -> complete(topic, entry), entry);
        return entry;
    }

    private void refreshIfOld(String topic, Entry known) {
        if (clock.since(known.askedNanos).compareTo(REFRESH) > 0 && known.refreshing.compareAndSet(false, true)) {
            Entry fresh = new Entry(clock.nanos());
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

    private void run(Runnable task, Entry entry) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            entry.partitions.completeExceptionally(PublishException.unavailable("The service is stopped", e));
        }
    }

    private void complete(String topic, Entry entry) {
        try {
            lookUp.requireExistence(topic);
            entry.partitions.complete(producer.partitionsFor(topic).size());
        } catch (RuntimeException e) {
            LOG.debug("Topic {} was not found", topic, e);
            entry.partitions.completeExceptionally(asPublishException(topic, e));
        }
    }

    private static PublishException asPublishException(String topic, Throwable problem) {
        return problem instanceof PublishException known
                ? known
                : PublishException.unavailable("Topic " + topic + " could not be looked up: " + problem, problem);
    }

    @Override
    public void close() {
        // The look-up belongs to its thread: that closes it, as the last thing it does.
        executor.execute(lookUp::close);
        executor.shutdown();
    }
}
