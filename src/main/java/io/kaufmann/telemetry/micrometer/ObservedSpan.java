package io.kaufmann.telemetry.micrometer;

import io.kaufmann.telemetry.Tracing;
import io.micrometer.observation.Observation;

/** A span that is an observation, begun. */
record ObservedSpan(Observation observation, Observations observations) implements Tracing.Span {

    @Override
    public Tracing.Scope open() {
        return observation.openScope()::close;
    }

    @Override
    public Tracing.Span publishing(Tracing.Publishing publishing) {
        Observation below = observations.of(publishing).parentObservation(observation);
        return new ObservedSpan(below.start(), observations);
    }

    @Override
    public void written(int partition, long offset) {
        observations.written(observation, partition, offset);
    }

    @Override
    public void failed(Throwable error) {
        observation.error(error);
    }

    @Override
    public void end() {
        observation.stop();
    }
}
