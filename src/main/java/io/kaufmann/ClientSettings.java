package io.kaufmann;

import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.assembly.Parts;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of the Kafka clients: what the guarantees rest on, and defaults where a configuration says nothing. */
final class ClientSettings {

    private static final long LARGEST_FETCH = ConsumerConfig.DEFAULT_FETCH_MAX_BYTES;
    private static final long SMALLEST_FETCH = 1024 * 1024;

    private ClientSettings() {}

    static Parts.Clients of(KaufmannConfig config) {
        return new Parts.Clients(consumer(config), shared(config), admin(config), transactional(config));
    }

    /**
     * Without a name in the group that outlasts its stay there: the service has it. Without transactions too: a replay is at
     * least once, whatever the service is.
     */
    static Parts.Clients forReplay(KaufmannConfig config) {
        Map<String, Object> consumer = consumer(config);
        consumer.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        return new Parts.Clients(consumer, shared(config), admin(config), Optional.empty());
    }

    private static Map<String, Object> admin(KaufmannConfig config) {
        Map<String, Object> settings = named(config.adminProperties(), config);
        // With Kafka's default an admin client that finds no broker spins, and logs a thousand lines a second.
        settings.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        return settings;
    }

    private static Map<String, Object> consumer(KaufmannConfig config) {
        Map<String, Object> settings = named(config.consumerProperties(), config);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.consumerGroup());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where a group without a commit starts is found by the consumer loop. What is left for Kafka's own reset is a
        // log that was cut below the committed offset: going on at its beginning loses least.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        long fetch = config.maxInFlightBytes() / config.consumerThreads();
        settings.putIfAbsent(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int) Math.max(SMALLEST_FETCH, Math.min(LARGEST_FETCH, fetch)));
        if (isExactlyOnce(config)) {
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        }
        if (isClassic(settings)) {
            // A rebalance then takes only the partitions that move.
            settings.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        return settings;
    }

    /** Whether consumers with these settings use the older of the group protocols. */
    static boolean isClassic(Map<String, Object> settings) {
        return "classic"
                .equals(String.valueOf(settings.getOrDefault(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"))
                        .toLowerCase(Locale.ROOT));
    }

    private static Map<String, Object> producer(KaufmannConfig config) {
        Map<String, Object> settings = named(config.producerProperties(), config);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // The record key is an event's name, which would send all events of a name to one partition.
        settings.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, true);
        // Metadata is fetched before a worker sends. What can still block is a full buffer: that is back-pressure.
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        return settings;
    }

    /** Of the one producer that sends at once. */
    private static Map<String, Object> shared(KaufmannConfig config) {
        Map<String, Object> settings = producer(config);
        if (config.ordering() != Ordering.UNORDERED) {
            // A lane waits for the acknowledgement of each reply: lingering for more would make it wait for nothing.
            settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        }
        return settings;
    }

    /** Of the producers that consumer threads publish replies with, in one transaction with their offsets. */
    private static Optional<Map<String, Object>> transactional(KaufmannConfig config) {
        if (!isExactlyOnce(config)) {
            return Optional.empty();
        }
        Map<String, Object> settings = producer(config);
        settings.compute(CommonClientConfigs.CLIENT_ID_CONFIG, (name, id) -> id + "-tx");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalIdPrefix(config));
        TransactionTimes.of(settings).addTo(settings);
        return Optional.of(settings);
    }

    // Kafka lets only the newest producer of an id go on, so two instances that shared one would end each other for
    // ever.
    private static String transactionalIdPrefix(KaufmannConfig config) {
        return config.transactionalIdPrefix().orElseGet(() -> {
            Object instance = config.consumerProperties().get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
            return config.consumerGroup() + ":" + Objects.requireNonNullElseGet(instance, UUID::randomUUID);
        });
    }

    private static boolean isExactlyOnce(KaufmannConfig config) {
        return config.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE;
    }

    private static Map<String, Object> named(Map<String, Object> properties, KaufmannConfig config) {
        Map<String, Object> settings = new HashMap<>(properties);
        settings.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, config.serviceName() + "-" + config.serviceId());
        return settings;
    }
}
