package io.kaufmann.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Where dead letters go. One thread's. */
final class RedriveTargets {

    private final ClusterView cluster;
    private final Optional<String> to;
    private final Map<String, Integer> partitions = new HashMap<>();

    RedriveTargets(ClusterView cluster, Optional<String> to) {
        this.cluster = cluster;
        this.to = to;
    }

    /** Whether it is known where a letter goes. */
    boolean isKnown(Letter letter) {
        return to.isPresent()
                || letter.origin()
                        .filter(origin -> !origin.topic().equals(letter.record().topic()))
                        .isPresent();
    }

    /**
     * Where a letter goes.
     *
     * @throws TaskException when there is no such topic
     */
    TopicPartition of(Letter letter) {
        Optional<TopicPartition> origin = letter.origin();
        String topic = to.orElseGet(() -> origin.orElseThrow().topic());
        int count = partitions.computeIfAbsent(
                topic,
                name -> cluster.requirePartitions(
                        name,
                        "It is where the letter at " + letter.place()
                                + " goes. Create it, or send the letters to another topic (--to)"));
        // A service goes by the place of origin to know which letters a parked key waits for.
        return origin.filter(place -> place.topic().equals(topic) && place.partition() < count)
                .orElseGet(() -> new TopicPartition(topic, Utils.toPositive(Utils.murmur2(spread(letter))) % count));
    }

    private static byte[] spread(Letter letter) {
        byte[] recordKey = letter.record().key();
        return letter.orderingKey()
                .map(key -> key.getBytes(UTF_8))
                .orElseGet(() -> recordKey == null ? new byte[0] : recordKey);
    }
}
