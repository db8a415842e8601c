package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * How long something took, and how many bytes it was about.
 *
 * @param timer the time
 * @param sizes the bytes
 */
record SizedTimer(Timer timer, DistributionSummary sizes) {

    static SizedTimer of(MeterRegistry registry, String name, String description, Tags tags) {
        return new SizedTimer(
                Timer.builder(name).description(description).tags(tags).register(registry),
                DistributionSummary.builder(name + ".size")
                        .description("Size of the record's value")
                        .baseUnit("bytes")
                        .tags(tags)
                        .register(registry));
    }

    void record(Duration duration, int size) {
        timer.record(duration);
        sizes.record(size);
    }
}
