package io.kaufmann.telemetry.micrometer;

import io.kaufmann.health.Ending;
import io.kaufmann.telemetry.Telemetry.DeadLettered;
import io.kaufmann.telemetry.Telemetry.Decoded;
import io.kaufmann.telemetry.Telemetry.Encoded;
import io.kaufmann.telemetry.Telemetry.ErrorSent;
import io.kaufmann.telemetry.Telemetry.Finished;
import io.kaufmann.telemetry.Telemetry.Handled;
import io.kaufmann.telemetry.Telemetry.PassedOver;
import io.kaufmann.telemetry.Telemetry.Published;
import io.kaufmann.telemetry.Telemetry.Retried;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The meters of what happens to events. Thread-safe. */
final class EventMeters {

    /** In the place of a name, where events are counted whose names nobody looks at. */
    private static final String NAMELESS = "none";

    private static final String PASSED_OVER = "passed_over";
    private static final Map<Ending, String> OUTCOMES = new EnumMap<>(Ending.class);

    static {
        for (Ending ending : Ending.values()) {
            OUTCOMES.put(ending, ending.name().toLowerCase(Locale.ROOT));
        }
    }

    private final Series<Sized> decodes;
    private final Series<Handling> handlings;
    private final Series<Sized> encodes;
    private final Series<Sized> publishes;
    private final Series<End> ends;
    private final Series<Counter> passedOver;
    private final Series<Counter> retries;
    private final Series<Counter> errors;
    private final Series<Counter> deadLetters;

    /**
     * Without meters yet.
     *
     * @param meters registers them
     * @param named the events that are tagged whatever else comes
     * @param topics the topics of consumed records that are tagged
     */
    EventMeters(Meters meters, Set<String> named, TagNames topics) {
        TagNames events = new TagNames(named);
        TagNames publishedEvents = new TagNames(named);
        TagNames publishedTopics = new TagNames(Set.of());
        decodes = new Series<>(events, topics, key -> Sized.of(meters, Measure.DECODE, Measure.DECODE_SIZE, key));
        handlings = new Series<>(
                events,
                topics,
                key -> new Handling(meters.timer(Measure.WAIT, key), meters.timer(Measure.HANDLE, key)));
        encodes = new Series<>(
                publishedEvents, publishedTopics, key -> Sized.of(meters, Measure.ENCODE, Measure.ENCODE_SIZE, key));
        publishes = new Series<>(
                publishedEvents, publishedTopics, key -> Sized.of(meters, Measure.PUBLISH, Measure.PUBLISH_SIZE, key));
        ends = new Series<>(
                events,
                topics,
                key -> new End(
                        meters.counter(Measure.EVENTS, key),
                        meters.timer(Measure.LATENCY, key),
                        meters.timer(Measure.AGE, key)));
        TagNames nameless = new TagNames(Set.of(NAMELESS));
        passedOver = new Series<>(nameless, topics, key -> meters.counter(Measure.EVENTS, key));
        retries = new Series<>(events, topics, key -> meters.counter(Measure.RETRIES, key));
        errors = new Series<>(events, topics, key -> meters.counter(Measure.ERROR_EVENTS, key));
        deadLetters = new Series<>(events, topics, key -> meters.counter(Measure.DEAD_LETTERS, key));
    }

    void decoded(Decoded told) {
        decodes.of(told.event(), told.topic(), told.partition(), told.consumerGroup(), "")
                .record(told.duration(), told.size());
    }

    void handled(Handled told) {
        Handling handling =
                handlings.of(told.event(), told.topic(), told.partition(), told.consumerGroup(), told.handler());
        handling.waits.record(told.waited());
        handling.handles.record(told.duration());
    }

    void encoded(Encoded told) {
        encodes.of(told.event(), "", 0, "", "").record(told.duration(), told.size());
    }

    void published(Published told) {
        publishes.of(told.event(), told.topic(), told.partition(), "", "").record(told.duration(), told.size());
    }

    void finished(Finished told) {
        End end = ends.of(
                told.event(), told.topic(), told.partition(), told.consumerGroup(), OUTCOMES.get(told.ending()));
        end.count.increment();
        // One that another owner handles again has not come to its end.
        if (told.ending() != Ending.DROPPED) {
            end.latency.record(told.latency());
            end.age.record(told.age());
        }
    }

    void passedOver(PassedOver told) {
        passedOver
                .of(NAMELESS, told.topic(), told.partition(), told.consumerGroup(), PASSED_OVER)
                .increment((double) told.count());
    }

    void retried(Retried told) {
        retries.of(told.event(), told.topic(), told.partition(), told.consumerGroup(), "")
                .increment();
    }

    void errorSent(ErrorSent told) {
        errors.of(told.event(), told.topic(), told.partition(), told.consumerGroup(), "")
                .increment();
    }

    void deadLettered(DeadLettered told) {
        deadLetters
                .of(told.event(), told.topic(), told.partition(), told.consumerGroup(), told.stage())
                .increment();
    }

    /** How long something took, and how many bytes it was about. */
    private record Sized(Timer timer, DistributionSummary sizes) {

        static Sized of(Meters meters, Measure time, Measure size, SeriesKey key) {
            return new Sized(meters.timer(time, key), meters.sizes(size, key));
        }

        void record(Duration duration, int size) {
            timer.record(duration);
            sizes.record(size);
        }
    }

    private record Handling(Timer waits, Timer handles) {}

    private record End(Counter count, Timer latency, Timer age) {}
}
