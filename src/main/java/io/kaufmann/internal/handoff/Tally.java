package io.kaufmann.internal.handoff;

import io.kaufmann.health.Ending;
import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.health.Traffic;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Telemetry.Rebalanced.Change;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What becomes of the events of a service: counted, and told to the telemetry. Consumer threads note here what they settle, which
 * costs the workers nothing. Thread-safe.
 */
public final class Tally {

    private static final long LONGEST_AGE_MILLIS = Duration.ofDays(30).toMillis();
    private static final Ending[] ENDINGS = Ending.values();

    private final Telemetry telemetry;
    private final String consumerGroup;
    // The time of day at which the running time was zero: it is set anew now and then, since the time of day may be set
    // too.
    private volatile long zeroMillis;

    private final AtomicLongArray ended = new AtomicLongArray(ENDINGS.length);
    private final AtomicLongArray latencies = new AtomicLongArray(Traffic.Latencies.BUCKETS);
    private final AtomicLong passedOver = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();

    /**
     * Of nothing yet.
     *
     * @param telemetry hears it
     * @param consumerGroup the group of the service
     */
    public Tally(Telemetry telemetry, String consumerGroup) {
        this.telemetry = telemetry;
        this.consumerGroup = consumerGroup;
    }

    /**
     * Sets what the ages of events are told by. To be called before the first has ended, and then now and then.
     *
     * @param nanos the running time
     * @param millis the time of day at that moment
     */
    public void lookAtTheTime(long nanos, long millis) {
        zeroMillis = millis - nanos / 1_000_000;
    }

    /** A delivery has ended. */
    public void finished(Delivery delivery) {
        ended(delivery, delivery.outcome() == Outcome.DROPPED ? Ending.DROPPED : delivery.ending());
    }

    /** A delivery was finished, and what was kept with it is not written: it comes again. */
    public void dropped(Delivery delivery) {
        ended(delivery, Ending.DROPPED);
    }

    private void ended(Delivery delivery, Ending ending) {
        long latencyNanos = Math.max(0, delivery.stageNanos() - delivery.handedOutNanos());
        ended.getAndIncrement(ordinal(ending));
        if (ending != Ending.DROPPED) {
            latencies.getAndIncrement(Traffic.Latencies.bucket(latencyNanos));
        }
        // One that is dropped may have been waiting for its next attempt.
        boolean hasWaited = ending == Ending.DROPPED && delivery.stage() == Stage.RETRYING;
        int attempts = delivery.attempt() - (hasWaited ? 1 : 0);
        if (attempts > 1) {
            retried.getAndAdd(attempts - 1L);
        }
        ConsumerRecord<byte[], byte[]> record = delivery.record();
        telemetry.finished(new Telemetry.Finished(
                delivery.eventName(),
                record.topic(),
                record.partition(),
                consumerGroup,
                ending,
                attempts,
                Duration.ofNanos(latencyNanos),
                age(record.timestamp(), delivery.stageNanos())));
    }

    private Duration age(long timestamp, long endNanos) {
        long age = zeroMillis + endNanos / 1_000_000 - timestamp;
        // Timestamps are the producers', who may write what they like: sums of ages must not run over.
        return timestamp < 0 || age < 0 ? Duration.ZERO : Duration.ofMillis(Math.min(age, LONGEST_AGE_MILLIS));
    }

    @SuppressWarnings("EnumOrdinal") // A place in an array that lives as long as the process.
    private static int ordinal(Ending ending) {
        return ending.ordinal();
    }

    /** Records of a partition were read and handed to no worker. */
    public void passedOver(TopicPartition partition, int count) {
        passedOver.getAndAdd(count);
        telemetry.passedOver(new Telemetry.PassedOver(partition.topic(), partition.partition(), consumerGroup, count));
    }

    /** A commit was answered, or failed. */
    public void committed(Set<TopicPartition> partitions, boolean failed) {
        telemetry.committed(new Telemetry.Committed(consumerGroup, partitions, failed));
    }

    /** The group gave or took partitions. */
    public void rebalanced(Change change, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            telemetry.rebalanced(new Telemetry.Rebalanced(consumerGroup, change, Set.copyOf(partitions)));
        }
    }

    /** A partition is not fetched from any more. */
    public void paused(TopicPartition partition, Pause pause) {
        telemetry.paused(new Telemetry.Paused(partition.topic(), partition.partition(), consumerGroup, pause));
    }

    /** All of it so far. */
    public Traffic traffic() {
        Map<Ending, Long> byEnding = new EnumMap<>(Ending.class);
        for (Ending ending : ENDINGS) {
            byEnding.put(ending, ended.get(ordinal(ending)));
        }
        List<Long> counts = LongStream.range(0, latencies.length())
                .map(i -> latencies.get((int) i))
                .boxed()
                .toList();
        return new Traffic(byEnding, passedOver.get(), retried.get(), new Traffic.Latencies(counts));
    }

    /** The telemetry that hears it. */
    public Telemetry telemetry() {
        return telemetry;
    }
}
