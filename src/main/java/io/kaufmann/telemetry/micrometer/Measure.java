package io.kaufmann.telemetry.micrometer;

import static io.kaufmann.telemetry.micrometer.Tag.CHANGE;
import static io.kaufmann.telemetry.micrometer.Tag.CONDITION;
import static io.kaufmann.telemetry.micrometer.Tag.CONSUMER_GROUP;
import static io.kaufmann.telemetry.micrometer.Tag.EVENT;
import static io.kaufmann.telemetry.micrometer.Tag.HANDLER;
import static io.kaufmann.telemetry.micrometer.Tag.OUTCOME;
import static io.kaufmann.telemetry.micrometer.Tag.PARTITION;
import static io.kaufmann.telemetry.micrometer.Tag.REASON;
import static io.kaufmann.telemetry.micrometer.Tag.RESULT;
import static io.kaufmann.telemetry.micrometer.Tag.STAGE;
import static io.kaufmann.telemetry.micrometer.Tag.TOPIC;

import java.util.List;

/** All that is measured: the meters are registered from this list, and docs/metrics.md is made of it. */
enum Measure {
    DECODE("kaufmann.schema.decode", Kind.TIMER, Tag.ofEvent(), "Decoding an event"),
    DECODE_SIZE("kaufmann.schema.decode.size", Kind.SIZES, Tag.ofEvent(), "Size of a decoded record's value"),
    WAIT(
            "kaufmann.event.wait",
            Kind.TIMER,
            Tag.ofEvent(),
            "An event's waiting for a worker, behind others of its key, or for its next attempt"),
    HANDLE("kaufmann.event.handle", Kind.TIMER, Tag.ofEvent(HANDLER), "The handler's work on an event"),
    ENCODE("kaufmann.schema.encode", Kind.TIMER, List.of(EVENT), "Encoding an event"),
    ENCODE_SIZE("kaufmann.schema.encode.size", Kind.SIZES, List.of(EVENT), "Size of an encoded record's value"),
    PUBLISH(
            "kaufmann.publisher.publish",
            Kind.TIMER,
            List.of(EVENT, TOPIC, PARTITION),
            "From sending to the broker's acknowledgement"),
    PUBLISH_SIZE(
            "kaufmann.publisher.publish.size",
            Kind.SIZES,
            List.of(EVENT, TOPIC, PARTITION),
            "Size of a published record's value"),
    LATENCY(
            "kaufmann.event.latency",
            Kind.TIMER,
            Tag.ofEvent(),
            "From an event's handing out to its end, answers acknowledged"),
    AGE(
            "kaufmann.event.age",
            Kind.TIMER,
            Tag.ofEvent(),
            "From a record's timestamp to its event's end, by two machines' clocks"),

    EVENTS("kaufmann.events", Kind.COUNTER, Tag.ofEvent(OUTCOME), "Events that ended, by how"),
    RETRIES("kaufmann.event.retries", Kind.COUNTER, Tag.ofEvent(), "Events that are to be handled once more"),
    ERROR_EVENTS("kaufmann.error.events", Kind.COUNTER, Tag.ofEvent(), "Error events, by the event that failed"),
    DEAD_LETTERS("kaufmann.dead.letters", Kind.COUNTER, Tag.ofEvent(STAGE), "Events that went to the dead letters"),
    COMMITS("kaufmann.commits", Kind.COUNTER, List.of(CONSUMER_GROUP, RESULT), "Commits of offsets"),
    REBALANCES(
            "kaufmann.rebalances", Kind.COUNTER, List.of(CONSUMER_GROUP, CHANGE), "Changes of a consumer's partitions"),
    PAUSES(
            "kaufmann.pauses",
            Kind.COUNTER,
            List.of(TOPIC, PARTITION, CONSUMER_GROUP, REASON),
            "Times that fetching was paused for want of room"),

    IN_FLIGHT("kaufmann.partition.in.flight", Kind.GAUGE, Tag.ofPartition(), "Events queued, running, or waiting"),
    IN_FLIGHT_BYTES("kaufmann.partition.in.flight.size", Kind.SIZE, Tag.ofPartition(), "What these weigh"),
    LAG(
            "kaufmann.partition.lag",
            Kind.GAUGE,
            Tag.ofPartition(),
            "Offsets between what is committed and the partition's end; absent while that is not known"),
    UNCOMMITTED(
            "kaufmann.partition.uncommitted", Kind.GAUGE, Tag.ofPartition(), "Offsets read ahead of what is committed"),
    GAP_MAP(
            "kaufmann.partition.gap.map",
            Kind.SIZE,
            Tag.ofPartition(),
            "How much of a commit tells what is finished beyond it"),
    OLDEST(
            "kaufmann.partition.oldest",
            Kind.AGE,
            Tag.ofPartition(CONDITION),
            "For how long the oldest event in a condition has been in it; 0 when there is none"),
    PAUSED("kaufmann.partition.paused", Kind.GAUGE, Tag.ofPartition(), "1 while nothing more is fetched, else 0"),
    STALLED(
            "kaufmann.partition.stalled",
            Kind.GAUGE,
            Tag.ofPartition(),
            "1 while something of it does not go on, else 0"),

    QUEUE_DEPTH(
            "kaufmann.queue.depth", Kind.GAUGE, Tag.ofService(), "Events, or keys with events, that wait for a worker"),
    WORKERS("kaufmann.workers", Kind.GAUGE, Tag.ofService(), "Events that can be handled at once"),
    WORKERS_BUSY("kaufmann.workers.busy", Kind.GAUGE, Tag.ofService(), "Handlers that run"),
    WORKERS_LOST(
            "kaufmann.workers.lost", Kind.GAUGE, Tag.ofService(), "Workers stuck in handlers past their time limit"),
    LIVE("kaufmann.live", Kind.GAUGE, Tag.ofService(), "1 while the process is worth keeping, else 0"),
    READY(
            "kaufmann.ready",
            Kind.GAUGE,
            Tag.ofService(),
            "1 while the service runs and reaches all that it works with, else 0"),
    BROKER(
            "kaufmann.broker.reachable",
            Kind.GAUGE,
            Tag.ofService(),
            "1 when the broker answered when it was last asked, else 0; absent until it is asked"),
    REGISTRY(
            "kaufmann.registry.reachable",
            Kind.GAUGE,
            Tag.ofService(),
            "1 when the schema registry answered when it was last asked, else 0; absent until it is asked, or without one"),
    PROBLEMS("kaufmann.problems", Kind.GAUGE, Tag.ofService(), "What is wrong at present, as the health tells");

    private final String id;
    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // None of the lists can be changed.
    private final List<Tag> tags;

    private final String description;

    Measure(String id, Kind kind, List<Tag> tags, String description) {
        this.id = id;
        this.kind = kind;
        this.tags = tags;
        this.description = description;
    }

    /** The meter's name. */
    String id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    List<Tag> tags() {
        return tags;
    }

    String description() {
        return description;
    }
}
