package io.kaufmann.task;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning to where it ends at first. One thread's. */
final class LetterReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final BooleanSupplier stopped;
    private final Map<TopicPartition, Long> ends;
    // By partition, the offset after the last record that was handed out.
    private final Map<TopicPartition, Long> next;
    private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();

    LetterReader(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, BooleanSupplier stopped) {
        this.consumer = consumer;
        this.stopped = stopped;
        consumer.assign(partitions);
        this.next = new HashMap<>(consumer.beginningOffsets(partitions));
        this.ends = consumer.endOffsets(partitions);
        next.forEach(consumer::seek);
    }

    /** Where the partitions begin, before anything was read. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(next);
    }

    Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    /**
     * A letter, and where the emptiness before it begins.
     *
     * @param letter the letter
     * @param from the offset after the letter before it
     */
    record Read(Letter letter, long from) {}

    /** The next letter; empty at the end, or when it was stopped. */
    Optional<Read> next() {
        long patientUntil = System.nanoTime() + PATIENCE.toNanos();
        while (!stopped.getAsBoolean()) {
            while (polled.hasNext()) {
                ConsumerRecord<byte[], byte[]> record = polled.next();
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    return Optional.of(new Read(new Letter(record), next.put(partition, record.offset() + 1)));
                }
            }
            if (isAtEnd()) {
                return Optional.empty();
            }
            if (System.nanoTime() - patientUntil > 0) {
                throw new TaskException(
                        "The brokers have given nothing of " + ends.keySet() + " for " + PATIENCE.toSeconds()
                                + " s, though there is more. See whether all its partitions have a leader, and try again");
            }
            polled = consumer.poll(POLL).iterator();
        }
        return Optional.empty();
    }

    private boolean isAtEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
