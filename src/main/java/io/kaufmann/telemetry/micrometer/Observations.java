package io.kaufmann.telemetry.micrometer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.event.EventName;
import io.kaufmann.telemetry.Tracing;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Makes the observations of a registry, with the names that OpenTelemetry has for what messages are and do. Thread-safe. */
final class Observations {

    private static final KeyValues PROCESS = KeyValues.of(
            "messaging.system", "kafka", "messaging.operation.name", "process", "messaging.operation.type", "process");
    private static final KeyValues PUBLISH = KeyValues.of(
            "messaging.system", "kafka", "messaging.operation.name", "publish", "messaging.operation.type", "send");
    private static final String EVENT = "kaufmann.event";
    private static final String DESTINATION = "messaging.destination.name";
    private static final String PARTITION = "messaging.destination.partition.id";
    private static final String OFFSET = "messaging.kafka.offset";

    private final ObservationRegistry registry;
    private final TagNames consumedEvents = new TagNames(Set.of());
    private final TagNames consumedTopics = new TagNames(Set.of());
    private final TagNames publishedEvents = new TagNames(Set.of());
    private final TagNames publishedTopics = new TagNames(Set.of());

    Observations(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** Of a handling; not started. */
    Observation of(Tracing.Handling handling) {
        String event = consumedEvents.tag(cut(handling.event()));
        Observation observation = Observation.createNotStarted(
                        "kaufmann.handle", () -> context(handling.headers()), registry)
                .contextualName(event + (handling.attempt() == 0 ? " park" : " process"))
                .lowCardinalityKeyValues(PROCESS.and(
                        EVENT,
                        event,
                        DESTINATION,
                        consumedTopics.tag(handling.topic()),
                        "messaging.consumer.group.name",
                        handling.consumerGroup()))
                .highCardinalityKeyValues(place(handling.partition(), handling.offset()))
                .highCardinalityKeyValue("kaufmann.attempt", Integer.toString(handling.attempt()));
        handling.messageId()
                .ifPresent(id -> observation.highCardinalityKeyValue("messaging.message.id", EventName.printable(id)));
        return observation;
    }

    /** Of a record that is sent; not started. */
    Observation of(Tracing.Publishing publishing) {
        String event = publishedEvents.tag(cut(publishing.event()));
        return Observation.createNotStarted("kaufmann.publish", () -> contextTo(publishing.headers()), registry)
                .contextualName(event + " publish")
                .lowCardinalityKeyValues(
                        PUBLISH.and(EVENT, event, DESTINATION, publishedTopics.tag(publishing.topic())));
    }

    /** Says where the record of one stands. */
    void written(Observation observation, int partition, long offset) {
        observation.highCardinalityKeyValues(place(partition, offset));
    }

    private static KeyValues place(int partition, long offset) {
        return KeyValues.of(PARTITION, Integer.toString(partition), OFFSET, Long.toString(offset));
    }

    private static Observation.Context context(Headers headers) {
        ReceiverContext<Headers> context = new ReceiverContext<>(Observations::get, Kind.CONSUMER);
        context.setCarrier(headers);
        return context;
    }

    private static Observation.Context contextTo(Headers headers) {
        SenderContext<Headers> context = new SenderContext<>(Observations::set, Kind.PRODUCER);
        context.setCarrier(headers);
        return context;
    }

    private static String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static void set(Headers headers, String name, String value) {
        // In the place of what a handler copied from its event, or a dead letter from its source.
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    private static String cut(String event) {
        int colon = event.indexOf(':');
        return colon < 0 ? event : event.substring(0, colon);
    }
}
