package io.kaufmann.telemetry.micrometer;

import java.util.List;
import java.util.stream.Stream;

/** What tells the series of a measure apart. */
enum Tag {
    EVENT("event", "the event's name, cut at its first `#` or `:`; `other`, `none`: see below"),
    TOPIC("topic", "the topic; `other`: see below"),
    PARTITION("partition", "the partition's number; `other` where the topic is"),
    CONSUMER_GROUP("consumer_group", "the service's group"),
    SERVICE("service", "the service's name"),
    HANDLER("handler", "the handler's class"),
    OUTCOME("outcome", "`handled`, `failed`, `dead_lettered`, `parked`, `ignored`, `dropped` or `passed_over`"),
    STAGE("stage", "in what the event failed: `decode`, `handle`, `publish`, or `parked` behind another"),
    RESULT("result", "`ok` or `failed`"),
    CHANGE("change", "`assigned`, `revoked` or `lost`"),
    REASON("reason", "`full_share`, `full` or `full_span`"),
    CONDITION("condition", "`running`, `queued`, `answering` or `retrying`");

    private final String text;
    private final String meaning;

    Tag(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** Of a measure for each event. */
    static List<Tag> ofEvent(Tag... more) {
        return Stream.concat(Stream.of(EVENT, TOPIC, PARTITION, CONSUMER_GROUP), Stream.of(more))
                .toList();
    }

    /** Of a measure for each partition that a service reads. */
    static List<Tag> ofPartition(Tag... more) {
        return Stream.concat(Stream.of(SERVICE, CONSUMER_GROUP, TOPIC, PARTITION), Stream.of(more))
                .toList();
    }

    /** Of a measure for each service. */
    static List<Tag> ofService() {
        return List.of(SERVICE, CONSUMER_GROUP);
    }

    String text() {
        return text;
    }

    /** What its values are, for the document. */
    String meaning() {
        return meaning;
    }
}
