package io.kaufmann.telemetry.micrometer;

import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gauges of one service: of itself, and of each partition that it reads at present. Thread-safe. */
final class HealthGauges {

    private static final Logger LOG = LoggerFactory.getLogger(MicrometerTelemetry.class);

    private final Meters meters;
    private final Tags service;
    // The registry keeps no gauge's object; and an owner that it knew would keep the registry.
    private final Object owner = new Object();

    // Under this object's lock.
    private final Map<Tags, GaugeSet<?>> sets = new HashMap<>();
    private boolean hasWarned;

    /**
     * Without gauges yet.
     *
     * @param meters registers them
     * @param service the service's own tags
     */
    HealthGauges(Meters meters, Tags service) {
        this.meters = meters;
        this.service = service;
    }

    /** Shows a health, and nothing any more of partitions that are gone, or of a service that has ended. */
    synchronized void observed(Health health) {
        if (health.state().isFinal()) {
            hide();
            return;
        }
        Set<Tags> present = new HashSet<>();
        present.add(service);
        health.partitions().forEach(partition -> present.add(tags(partition)));
        retain(present);
        if (!show(service, Reading.OF_SERVICE, health) && !hasWarned) {
            hasWarned = true;
            LOG.warn(
                    "Another service of this process has the same name and group ({}) and measures into the same registry: only its"
                            + " gauges are there, and of partitions those of whichever reads them. Give one of them another"
                            + " kaufmann.service.name",
                    service);
        }
        // One that the group has just moved within this process is another's until that has looked again.
        health.partitions().forEach(partition -> show(tags(partition), Reading.OF_PARTITION, partition));
    }

    /** Shows nothing, until it is told of a health again. */
    synchronized void hide() {
        retain(Set.of());
    }

    @SuppressWarnings("unchecked") // A set is made for the readings of its tags.
    private <T> boolean show(Tags tags, List<Reading<T>> readings, T health) {
        if (!Claims.claim(meters.registry(), tags, owner)) {
            return false;
        }
        ((GaugeSet<T>) sets.computeIfAbsent(tags, absent -> new GaugeSet<>(meters, tags, readings, health)))
                .show(health);
        return true;
    }

    private void retain(Set<Tags> present) {
        sets.entrySet().removeIf(entry -> {
            if (present.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().remove();
            Claims.release(meters.registry(), entry.getKey(), owner);
            return true;
        });
    }

    private Tags tags(PartitionHealth partition) {
        return service.and(
                Tag.TOPIC.text(), partition.topic(), Tag.PARTITION.text(), String.valueOf(partition.partition()));
    }
}
