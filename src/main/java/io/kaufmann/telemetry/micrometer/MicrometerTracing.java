package io.kaufmann.telemetry.micrometer;

import io.kaufmann.telemetry.Tracing;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;

/**
 * Traces with Micrometer's Observation API: an observation {@code kaufmann.handle} for each time that a handler is called, and below
 * it one of {@code kaufmann.publish} for each record that is sent. What becomes of them is up to the registry's handlers: with those
 * of Micrometer Tracing they are spans, whose context comes and goes in the records' headers, W3C's {@code traceparent} for one.
 * Thread-safe.
 *
 * <pre>{@code
 * KaufmannConfig.builder()
 *         .tracing(new MicrometerTracing(observationRegistry))
 * }</pre>
 *
 * <p>Their key values are named as OpenTelemetry names them for messages. Those of low cardinality stay bounded whatever names come
 * along, since a registry with a {@code DefaultMeterObservationHandler} makes timers of observations: of events, whose names are
 * cut at the first {@code :}, and of topics the first 200 are named, and the rest {@code other}.
 */
public final class MicrometerTracing implements Tracing {

    private final Observations observations;

    /**
     * Traces into a registry.
     *
     * @param registry whose handlers make something of the observations
     */
    public MicrometerTracing(ObservationRegistry registry) {
        this.observations = new Observations(Objects.requireNonNull(registry, "registry"));
    }

    @Override
    public Span handling(Handling handling) {
        return new ObservedSpan(observations.of(handling).start(), observations);
    }

    @Override
    public Span publishing(Publishing publishing) {
        return new ObservedSpan(observations.of(publishing).start(), observations);
    }
}
