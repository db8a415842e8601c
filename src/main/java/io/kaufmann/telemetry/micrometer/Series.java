package io.kaufmann.telemetry.micrometer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one measure, or of several that are told at once, each looked up in Micrometer's registry once. There are so many at
 * most; what comes after shares one. Thread-safe.
 */
final class Series<M> {

    static final int MAX_SERIES = 10_000;

    private final Map<SeriesKey, M> meters = new ConcurrentHashMap<>();
    private final RecentSeries<M> recent = new RecentSeries<>();
    private final TagNames events;
    private final TagNames topics;
    private final Function<SeriesKey, M> register;

    /**
     * Without meters yet.
     *
     * @param events the events that are tagged
     * @param topics the topics that are tagged
     * @param register makes a meter for a key
     */
    Series(TagNames events, TagNames topics, Function<SeriesKey, M> register) {
        this.events = events;
        this.topics = topics;
        this.register = register;
    }

    /** The meter for these, of which those that the measure has no tag for are empty. */
    M of(String event, String topic, int partition, String group, String detail) {
        M known = recent.find(event, topic, partition, group, detail);
        if (known != null) {
            return known;
        }
        M meter = of(SeriesKey.of(events.tag(cut(event)), topics.tag(topic), partition, group, detail));
        recent.keep(event, topic, partition, group, detail, meter);
        return meter;
    }

    private M of(SeriesKey key) {
        M known = meters.get(key);
        if (known != null) {
            return known;
        }
        SeriesKey bounded = meters.size() < MAX_SERIES ? key : key.other();
        return meters.computeIfAbsent(bounded, register);
    }

    private static String cut(String event) {
        int hash = event.indexOf('#');
        String base = hash < 0 ? event : event.substring(0, hash);
        int colon = base.indexOf(':');
        return colon < 0 ? base : base.substring(0, colon);
    }
}
