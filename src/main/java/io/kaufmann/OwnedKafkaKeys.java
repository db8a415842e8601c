package io.kaufmann;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Kafka settings that Kaufmann sets itself, since its promises rest on them; each with what to do instead. */
final class OwnedKafkaKeys {

    private static final String TRANSCODERS = "Kaufmann reads and writes bytes; formats are " + Settings.TRANSCODERS;
    private static final String SAFE =
            "Kaufmann always writes with acks=all and idempotence, or an acknowledged event could be lost";

    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("bootstrap.servers", "set " + Settings.BOOTSTRAP_SERVERS),
            Map.entry("bootstrap.controllers", "Kaufmann talks to brokers: set " + Settings.BOOTSTRAP_SERVERS),
            Map.entry("group.id", "set " + Settings.CONSUMER_GROUP),
            Map.entry("auto.offset.reset", "set " + Settings.AUTO_OFFSET_RESET),
            Map.entry(
                    "enable.auto.commit",
                    "Kaufmann commits what is finished, by " + Settings.COMMIT_INTERVAL + " and "
                            + Settings.COMMIT_THRESHOLD),
            Map.entry("auto.commit.interval.ms", "set " + Settings.COMMIT_INTERVAL),
            Map.entry("key.deserializer", TRANSCODERS),
            Map.entry("value.deserializer", TRANSCODERS),
            Map.entry("key.serializer", TRANSCODERS),
            Map.entry("value.serializer", TRANSCODERS),
            Map.entry("acks", SAFE),
            Map.entry("enable.idempotence", SAFE),
            Map.entry("partitioner.class", "set " + Settings.PARTITION_STRATEGY),
            Map.entry("partitioner.ignore.keys", "set " + Settings.PARTITION_STRATEGY),
            Map.entry(
                    "transactional.id",
                    "each consumer thread has one of its own: set " + Settings.TRANSACTIONAL_ID_PREFIX
                            + ", of use with exactly once only"),
            Map.entry(
                    "transaction.two.phase.commit.enable",
                    "Kaufmann ends its transactions itself, and nobody else would end one that a crash left open"));

    private OwnedKafkaKeys() {}

    /** Each key with what to do instead. */
    static Map<String, String> all() {
        return new TreeMap<>(OWNED);
    }

    /** What to do in place of setting a Kafka key; empty when it is free to be set. */
    static Optional<String> instead(String name) {
        return Optional.ofNullable(OWNED.get(name));
    }
}
