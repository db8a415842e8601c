package io.kaufmann;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** The Kafka clients that Kaufmann uses, and what Kafka itself says of their settings. */
enum KafkaClient {
    CONSUMER,
    PRODUCER,
    ADMIN,
    /** No client of Kafka's: the schema registry's, which knows Kafka's settings for TLS. */
    REGISTRY;

    private static final Map<KafkaClient, ConfigDef> DEFINITIONS = Map.of(
            CONSUMER, ConsumerConfig.configDef(),
            PRODUCER, ProducerConfig.configDef(),
            ADMIN, AdminClientConfig.configDef(),
            REGISTRY, new ConfigDef().withClientSslSupport());

    /** Where a pass-through key is valid: for all clients, or one. */
    enum Scope {
        COMMON("kafka."),
        CONSUMER("kafka.consumer."),
        PRODUCER("kafka.producer."),
        REGISTRY("kaufmann.schema.registry.");

        private static final String REGISTRY_TLS = REGISTRY.prefix + "ssl.";

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }

        List<KafkaClient> clients() {
            return switch (this) {
                case COMMON -> List.of(KafkaClient.CONSUMER, KafkaClient.PRODUCER, KafkaClient.ADMIN);
                case CONSUMER -> List.of(KafkaClient.CONSUMER);
                case PRODUCER -> List.of(KafkaClient.PRODUCER);
                case REGISTRY -> List.of(KafkaClient.REGISTRY);
            };
        }

        /** The narrowest scope of a key; empty for one that is not Kafka's. */
        static Optional<Scope> of(String key) {
            if (key.startsWith(REGISTRY_TLS)) {
                return Optional.of(REGISTRY);
            }
            if (key.startsWith(CONSUMER.prefix)) {
                return Optional.of(CONSUMER);
            }
            if (key.startsWith(PRODUCER.prefix)) {
                return Optional.of(PRODUCER);
            }
            return key.startsWith(COMMON.prefix) ? Optional.of(COMMON) : Optional.empty();
        }
    }

    /** Whether any client takes a setting for a password. */
    static boolean isPassword(String name) {
        return Stream.of(values())
                .flatMap(client -> client.key(name).stream())
                .anyMatch(key -> key.type == ConfigDef.Type.PASSWORD);
    }

    List<String> names() {
        return List.copyOf(DEFINITIONS.get(this).names());
    }

    /** What Kafka says of a setting; empty when this client knows none of this name. */
    Optional<ConfigKey> key(String name) {
        return Optional.ofNullable(DEFINITIONS.get(this).configKeys().get(name));
    }

    boolean knows(String name) {
        return key(name).isPresent();
    }
}
