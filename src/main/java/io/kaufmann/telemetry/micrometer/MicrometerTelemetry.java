package io.kaufmann.telemetry.micrometer;

import io.kaufmann.event.EventNames;
import io.kaufmann.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.Set;

/**
 * Measures with Micrometer: the timers {@code kaufmann.schema.decode}, {@code kaufmann.event.handle},
 * {@code kaufmann.schema.encode} and {@code kaufmann.publisher.publish}, and for all but handling the summaries
 * {@code <name>.size} in bytes. Tags, as far as they apply: {@code event}, {@code topic}, {@code partition},
 * {@code handler}, {@code consumer_group}. Thread-safe.
 *
 * <p>Tags stay bounded whatever names come along: an event's name is cut at its first {@code #} or {@code :}; the events
 * that the handler names are tagged, and of all others, and of topics, the first 200 of those consumed and the first 200 of
 * those published. The rest is tagged {@code other}.
 */
public final class MicrometerTelemetry implements Telemetry {

    private final TagNames consumedEvents;
    private final TagNames consumedTopics = new TagNames(Set.of());
    private final TagNames publishedEvents;
    private final TagNames publishedTopics = new TagNames(Set.of());

    private final Series<SeriesKey.Decode, SizedTimer> decodes;
    private final Series<SeriesKey.Handle, Timer> handles;
    private final RecentSeries<SizedTimer> recentDecodes = new RecentSeries<>();
    private final RecentSeries<Timer> recentHandles = new RecentSeries<>();
    private final Series<SeriesKey.Encode, SizedTimer> encodes;
    private final Series<SeriesKey.Publish, SizedTimer> publishes;

    /** Measures into Micrometer's global registry. */
    public MicrometerTelemetry() {
        this(Metrics.globalRegistry);
    }

    /**
     * Measures into Micrometer's global registry, and always tags the events that the handler names.
     *
     * @param handled the handler's {@code handledEvents()}
     */
    public MicrometerTelemetry(EventNames handled) {
        this(Metrics.globalRegistry, handled);
    }

    /**
     * Measures into a registry.
     *
     * @param registry keeps the meters
     */
    public MicrometerTelemetry(MeterRegistry registry) {
        this(registry, EventNames.all());
    }

    /**
     * Measures into a registry, and always tags the events that the handler names.
     *
     * @param registry keeps the meters
     * @param handled the handler's {@code handledEvents()}
     */
    public MicrometerTelemetry(MeterRegistry registry, EventNames handled) {
        consumedEvents = new TagNames(handled.names());
        publishedEvents = new TagNames(handled.names());
        decodes = new Series<>(
                SeriesKey.Decode.OTHER,
                tags -> SizedTimer.of(registry, "kaufmann.schema.decode", "Decoding an event", tags));
        handles = new Series<>(
                SeriesKey.Handle.OTHER,
                tags -> Timer.builder("kaufmann.event.handle")
                        .description("The handler's work on an event")
                        .tags(tags)
                        .register(registry));
        encodes = new Series<>(
                SeriesKey.Encode.OTHER,
                tags -> SizedTimer.of(registry, "kaufmann.schema.encode", "Encoding an event", tags));
        publishes = new Series<>(
                SeriesKey.Publish.OTHER,
                tags -> SizedTimer.of(
                        registry, "kaufmann.publisher.publish", "From sending to the broker's acknowledgement", tags));
    }

    @Override
    public void decoded(Decoded decoded) {
        recentDecodes
                .of(
                        decoded.event(),
                        decoded.topic(),
                        decoded.partition(),
                        "",
                        decoded.consumerGroup(),
                        () -> meter(decoded))
                .record(decoded.duration(), decoded.size());
    }

    private SizedTimer meter(Decoded decoded) {
        return decodes.of(new SeriesKey.Decode(
                consumedEvents.tag(cut(decoded.event())),
                SeriesKey.Place.of(consumedTopics.tag(decoded.topic()), decoded.partition()),
                decoded.consumerGroup()));
    }

    @Override
    public void handled(Handled handled) {
        recentHandles
                .of(
                        handled.event(),
                        handled.topic(),
                        handled.partition(),
                        handled.handler(),
                        handled.consumerGroup(),
                        () -> meter(handled))
                .record(handled.duration());
    }

    private Timer meter(Handled handled) {
        return handles.of(new SeriesKey.Handle(
                consumedEvents.tag(cut(handled.event())),
                SeriesKey.Place.of(consumedTopics.tag(handled.topic()), handled.partition()),
                handled.handler(),
                handled.consumerGroup()));
    }

    @Override
    public void encoded(Encoded encoded) {
        var key = new SeriesKey.Encode(publishedEvents.tag(cut(encoded.event())));
        encodes.of(key).record(encoded.duration(), encoded.size());
    }

    @Override
    public void published(Published published) {
        var key = new SeriesKey.Publish(
                publishedEvents.tag(cut(published.event())),
                SeriesKey.Place.of(publishedTopics.tag(published.topic()), published.partition()));
        publishes.of(key).record(published.duration(), published.size());
    }

    private static String cut(String event) {
        int hash = event.indexOf('#');
        String base = hash < 0 ? event : event.substring(0, hash);
        int colon = base.indexOf(':');
        return colon < 0 ? base : base.substring(0, colon);
    }
}
