package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Tags;

/** What tells the series of one measure apart. The tags are made once for each series; the key is all that events cost. */
sealed interface SeriesKey {

    /** The tags by their names. */
    Tags tags();

    /** For {@code kaufmann.schema.decode}. */
    record Decode(String event, Place place, String consumerGroup) implements SeriesKey {

        static final Decode OTHER = new Decode(TagNames.OTHER, Place.OTHER, TagNames.OTHER);

        @Override
        public Tags tags() {
            return place.tags().and("event", event, "consumer_group", consumerGroup);
        }
    }

    /** For {@code kaufmann.event.handle}. */
    record Handle(String event, Place place, String handler, String consumerGroup) implements SeriesKey {

        static final Handle OTHER = new Handle(TagNames.OTHER, Place.OTHER, TagNames.OTHER, TagNames.OTHER);

        @Override
        public Tags tags() {
            return place.tags().and("event", event, "handler", handler, "consumer_group", consumerGroup);
        }
    }

    /** For {@code kaufmann.schema.encode}. */
    record Encode(String event) implements SeriesKey {

        static final Encode OTHER = new Encode(TagNames.OTHER);

        @Override
        public Tags tags() {
            return Tags.of("event", event);
        }
    }

    /** For {@code kaufmann.publisher.publish}. */
    record Publish(String event, Place place) implements SeriesKey {

        static final Publish OTHER = new Publish(TagNames.OTHER, Place.OTHER);

        @Override
        public Tags tags() {
            return place.tags().and("event", event);
        }
    }

    /** A topic's partition; those of topics that share a tag share one too. */
    record Place(String topic, int partition) {

        private static final int NONE = -1;

        static final Place OTHER = new Place(TagNames.OTHER, NONE);

        static Place of(String topicTag, int partition) {
            return topicTag.equals(TagNames.OTHER) ? OTHER : new Place(topicTag, partition);
        }

        Tags tags() {
            return Tags.of("topic", topic, "partition", partition == NONE ? TagNames.OTHER : String.valueOf(partition));
        }
    }
}
