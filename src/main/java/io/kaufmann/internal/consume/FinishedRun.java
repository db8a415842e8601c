package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Delivery;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What one transaction takes of a partition: events in their order, from the first that is not committed on. Consumer thread only.
 *
 * @param partition the partition
 * @param deliveries the events, with what is kept with them; empty when others are only passed over
 * @param commit what is committed with them
 */
record FinishedRun(PartitionLoop partition, List<Delivery> deliveries, OffsetAndMetadata commit) {

    /** It is written and committed. */
    void committed() {
        partition.committed(this);
    }
}
