package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Registers the meters of measures. Thread-safe.
 *
 * @param registry keeps them
 */
record Meters(MeterRegistry registry) {

    Timer timer(Measure measure, SeriesKey key) {
        return Timer.builder(measure.id())
                .description(measure.description())
                .tags(key.tags(measure))
                .register(registry);
    }

    DistributionSummary sizes(Measure measure, SeriesKey key) {
        return DistributionSummary.builder(measure.id())
                .description(measure.description())
                .baseUnit(measure.kind().unit())
                .tags(key.tags(measure))
                .register(registry);
    }

    Counter counter(Measure measure, SeriesKey key) {
        return Counter.builder(measure.id())
                .description(measure.description())
                .tags(key.tags(measure))
                .register(registry);
    }

    /** A gauge, which does not keep what it measures from being collected. */
    <T> Meter gauge(Measure measure, Tags tags, T measured, ToDoubleFunction<T> value) {
        if (measure.kind() == Kind.AGE) {
            return TimeGauge.builder(measure.id(), measured, TimeUnit.SECONDS, value)
                    .description(measure.description())
                    .tags(tags)
                    .register(registry);
        }
        Gauge.Builder<T> gauge = Gauge.builder(measure.id(), measured, value)
                .description(measure.description())
                .tags(tags);
        if (!measure.kind().unit().isEmpty()) {
            gauge.baseUnit(measure.kind().unit());
        }
        return gauge.register(registry);
    }
}
