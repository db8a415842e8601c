package io.kaufmann.internal.consume;

import io.kaufmann.internal.handoff.Tally;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Which partitions are fetched for and which are paused. Consumer thread only. */
final class Fetching {

    private static final Duration STUCK = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    private final InFlight inFlight;
    private final ForbiddenTopics forbidden;
    private final Tally tally;
    private final Set<TopicPartition> paused = new HashSet<>();

    Fetching(Consumer<?, ?> consumer, InFlight inFlight, ForbiddenTopics forbidden, Tally tally) {
        this.tally = tally;
        this.consumer = consumer;
        this.inFlight = inFlight;
        this.forbidden = forbidden;
    }

    /** Partitions were assigned: nothing is fetched for them before it is known where they start. */
    void begin(Collection<TopicPartition> assigned) {
        consumer.pause(assigned);
        paused.addAll(assigned);
    }

    /** Partitions are not assigned any more. */
    void end(Collection<TopicPartition> gone) {
        paused.removeAll(gone);
    }

    /**
     * Fetches for the partitions whose records are all handed out and that have room for more: what the others brought would
     * only pile up. When as much is kept as may be, a partition that is stuck gives back what it keeps, to be fetched again, so
     * that it does not take the others' room.
     */
    void adjust(Collection<PartitionLoop> partitions) {
        if (!inFlight.hasRoomToRead()) {
            partitions.stream().filter(partition -> partition.isStuck(STUCK)).forEach(partition -> {
                // What is known here changes once the consumer has done its part, which may fail.
                consumer.seek(partition.partition(), partition.backlogStart());
                partition.giveBack();
            });
        }
        Set<TopicPartition> toPause = new HashSet<>();
        Set<TopicPartition> toResume = new HashSet<>();
        for (PartitionLoop partition : partitions) {
            if (!inFlight.hasRoomToRead()
                    || partition.hasBacklog()
                    || partition.isAtItsEnd()
                    || partition.pause().isPresent()
                    || forbidden.contains(partition.partition().topic())) {
                if (!paused.contains(partition.partition())) {
                    toPause.add(partition.partition());
                    partition.whyPaused().ifPresent(why -> tally.paused(partition.partition(), why));
                }
            } else if (paused.contains(partition.partition())) {
                toResume.add(partition.partition());
            }
        }
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
            paused.addAll(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
            paused.removeAll(toResume);
        }
    }
}
