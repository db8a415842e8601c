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
    ADMIN;

    private static final Map<KafkaClient, ConfigDef> DEFINITIONS = Map.of(
            CONSUMER, ConsumerConfig.configDef(),
            PRODUCER, ProducerConfig.configDef(),
            ADMIN, AdminClientConfig.configDef());

    /** Where a pass-through key is valid: for all clients, or one. */
    enum Scope {
        COMMON("kafka."),
        CONSUMER("kafka.consumer."),
        PRODUCER("kafka.producer.");

        private final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }

        String prefix() {
            return prefix;
        }

        List<KafkaClient> clients() {
            return switch (this) {
                case COMMON -> List.of(KafkaClient.values());
                case CONSUMER -> List.of(KafkaClient.CONSUMER);
                case PRODUCER -> List.of(KafkaClient.PRODUCER);
            };
        }

        /** The narrowest scope of a key that begins with {@code kafka.}. */
        static Scope of(String key) {
            if (key.startsWith(CONSUMER.prefix)) {
                return CONSUMER;
            }
            return key.startsWith(PRODUCER.prefix) ? PRODUCER : COMMON;
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
