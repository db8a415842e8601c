package io.kaufmann.internal.consume;

import io.kaufmann.health.PartitionHealth.Pause;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Stage;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How a partition does, as its loop last looked. Immutable.
 *
 * @param partition the partition
 * @param committed the offset that is committed
 * @param position the offset that follows the newest record that was handed out
 * @param events how many events are in flight
 * @param bytes how much these weigh
 * @param gapMapBytes how much of the last commit tells what is finished beyond it
 * @param pause why nothing is fetched; empty when it is
 * @param oldest of each stage the delivery that has been in it for longest
 * @param heldBack of the deliveries whose turn it is, but that wait for the return of an earlier one's handler, the one that has
 *     waited for longest
 * @param lastEndNanos when an event of it last ended, or it was assigned
 */
public record PartitionReport(
        TopicPartition partition,
        long committed,
        long position,
        int events,
        long bytes,
        int gapMapBytes,
        Optional<Pause> pause,
        Map<Stage, Oldest> oldest,
        Optional<Oldest> heldBack,
        long lastEndNanos) {

    /**
     * A delivery, and since when it has been in its stage.
     *
     * @param delivery the delivery
     * @param sinceNanos the running time at which it came to it
     */
    public record Oldest(Delivery delivery, long sinceNanos) {}
}
