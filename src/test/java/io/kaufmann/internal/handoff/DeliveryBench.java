package io.kaufmann.internal.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Deliveries of one assignment of orders-3, with all that they touch. */
public final class DeliveryBench {

    public static final TopicPartition PARTITION = new TopicPartition("orders", 3);
    /** The timestamp of all records. */
    public static final long TIMESTAMP = 1_700_000_000_123L;

    public final WorkQueue queue = new WorkQueue(10_000, error -> {});
    public final Shares shares;
    public final Assignment assignment;
    public final Completions completions = new Completions(() -> {});

    public EventNaming naming = EventNaming.key();

    private long nextOffset;

    /** With workers for all deliveries there may be. */
    public DeliveryBench() {
        this(10_000);
    }

    /** With so many workers. */
    public DeliveryBench(int workers) {
        shares = new Shares(queue, workers, OptionalInt.empty());
        assignment = new Assignment(PARTITION, shares, new ParkedKeys());
    }

    /** A record of this partition. */
    public static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                TIMESTAMP,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                key == null ? null : key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** An empty lane of the assignment, unlike any other. */
    public Lane lane() {
        return new Lane(assignment.share(), new Object());
    }

    /** The next delivery, not appended to its lane yet. */
    public Delivery delivery(Lane lane) {
        return delivery(lane, "order.placed", "{}".getBytes(UTF_8));
    }

    /** The next delivery with a key, or with none when that is null. */
    public Delivery delivery(Lane lane, String key, byte[] value) {
        return delivery(lane, key, value, new RecordHeaders());
    }

    /** The next delivery with a key and headers. */
    public Delivery delivery(Lane lane, String key, byte[] value, Headers headers) {
        long offset = nextOffset++;
        ConsumerRecord<byte[], byte[]> record = record(offset, key, value);
        headers.forEach(record.headers()::add);
        return new Delivery(record, naming.name(record.headers(), record.key()), assignment, offset, lane, completions);
    }

    /** The next delivery, in a lane of its own, in the queue. */
    public Delivery queued(String key, byte[] value) {
        Lane lane = lane();
        Delivery delivery = delivery(lane, key, value);
        lane.append(delivery);
        return delivery;
    }

    /** What a worker that takes the next lane finds. The queue must not be empty. */
    public Delivery take() {
        if (queue.size() == 0) {
            throw new IllegalStateException("No lane is in the queue");
        }
        try {
            return queue.take().orElseThrow().head();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes out the deliveries that have ended. */
    public List<Delivery> completed() {
        List<Delivery> completed = new ArrayList<>();
        completions.drain(completed::add);
        return completed;
    }
}
