package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Tags;
import java.util.stream.Stream;

/**
 * What tells the series of one measure apart, as far as the measure has tags for it. The tags are made once for each series; the key is
 * all that events cost.
 *
 * @param event the event's tag
 * @param topic the topic's tag
 * @param partition the partition; a negative one is a topic's that has no tag of its own
 * @param consumerGroup the group
 * @param detail the value of the one tag that the measure has beside these
 */
record SeriesKey(String event, String topic, int partition, String consumerGroup, String detail) {

    private static final int NO_PARTITION = -1;

    /** Topics that share a tag share a partition too. */
    static SeriesKey of(String event, String topic, int partition, String consumerGroup, String detail) {
        return new SeriesKey(
                event, topic, topic.equals(TagNames.OTHER) ? NO_PARTITION : partition, consumerGroup, detail);
    }

    /** The key that all share which are too many. What the service itself says stays, so that sums over it stay right. */
    SeriesKey other() {
        return new SeriesKey(TagNames.OTHER, TagNames.OTHER, NO_PARTITION, consumerGroup, detail);
    }

    /** The tags of a measure. */
    Tags tags(Measure measure) {
        return Tags.of(measure.tags().stream()
                .flatMap(tag -> Stream.of(tag.text(), value(tag)))
                .toArray(String[]::new));
    }

    private String value(Tag tag) {
        return switch (tag) {
            case EVENT -> event;
            case TOPIC -> topic;
            case PARTITION -> partition == NO_PARTITION ? TagNames.OTHER : String.valueOf(partition);
            case CONSUMER_GROUP -> consumerGroup;
            default -> detail;
        };
    }
}
