package io.kaufmann.exactlyonce;

import io.kaufmann.testing.TopicReader;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;

/**
 * Sees committed replies come, to tell who works and how many events are answered. It is not what is judged: that is read anew
 * at the end. Its thread ends with {@link #close()}.
 */
final class ReplyWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::run, "reply-watch");
    // By process, when it handled what it handled last of all whose reply was seen.
    private final Map<String, Long> lastHandled = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean ending;
    private volatile RuntimeException failure;

    // The thread's only.
    private final BitSet seen = new BitSet();

    ReplyWatch(String bootstrapServers) {
        consumer = TopicReader.fromTheBeginning(bootstrapServers, IsolationLevel.READ_COMMITTED, ReplyService.REPLIES);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                consumer.poll(POLL).forEach(record -> enter(Reply.of(record)));
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void enter(Reply reply) {
        lastHandled.merge(reply.process(), reply.handled(), Math::max);
        int id = (int) reply.id();
        if (!seen.get(id)) {
            seen.set(id);
            answered.incrementAndGet();
        }
    }

    /** Whether a committed reply to an event was seen that this process handled after that time. */
    boolean hasWorkedSince(String process, long nanos) {
        Long last = lastHandled.get(process);
        return last != null && last - nanos > 0;
    }

    /** How many events are answered. */
    int answered() {
        return answered.get();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Fails when it has failed: then what it does not see says nothing about the services. */
    void check() {
        if (failure != null) {
            throw failure;
        }
    }
}
