package io.kaufmann.bench;

import java.util.HashMap;
import java.util.Map;

/** The settings of those contestants' Kafka clients that have none of their own: Kafka's defaults, but for what follows. */
final class Clients {

    private Clients() {}

    static Map<String, Object> consumer(Contestant.Setup setup) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", setup.bootstrapServers());
        settings.put("group.id", setup.group());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return settings;
    }

    /** As safe as Kaufmann's: all replicas, idempotent. */
    static Map<String, Object> producer(Contestant.Setup setup) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", setup.bootstrapServers());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        return settings;
    }
}
