package io.kaufmann.telemetry.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gauges of one thing's health, which show what they were told last. One thread at a time tells; any may read. */
final class GaugeSet<T> {

    private final Meters meters;
    private final Tags tags;
    private final List<Reading<T>> readings;
    private final Map<Reading<T>, Meter> registered = new HashMap<>();

    private volatile T latest;

    /**
     * Without gauges yet.
     *
     * @param meters registers them
     * @param tags those that all of them have
     * @param readings what they show
     * @param latest the health
     */
    GaugeSet(Meters meters, Tags tags, List<Reading<T>> readings, T latest) {
        this.meters = meters;
        this.tags = tags;
        this.readings = readings;
        this.latest = latest;
    }

    /** Shows this, with a gauge for each reading that is known. */
    void show(T health) {
        latest = health;
        for (Reading<T> reading : readings) {
            if (reading.value().apply(health).isPresent()) {
                registered.computeIfAbsent(reading, this::register);
            } else {
                remove(registered.remove(reading));
            }
        }
    }

    /** Takes all gauges away. */
    void remove() {
        registered.values().forEach(this::remove);
        registered.clear();
    }

    private Meter register(Reading<T> reading) {
        return meters.gauge(reading.measure(), tags.and(reading.tags()), this, set -> set.value(reading));
    }

    private double value(Reading<T> reading) {
        return reading.value().apply(latest).orElse(Double.NaN);
    }

    private void remove(Meter gauge) {
        if (gauge != null) {
            meters.registry().remove(gauge);
        }
    }
}
