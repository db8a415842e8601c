package io.kaufmann;

import io.kaufmann.KafkaClient.Scope;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;

/** The settings that are passed on to each Kafka client. Immutable. */
final class KafkaProperties {

    private final List<KafkaInput> inputs;
    private final Map<KafkaClient, Map<String, Object>> properties = new EnumMap<>(KafkaClient.class);

    KafkaProperties(String bootstrapServers, Collection<KafkaInput> inputs) {
        this.inputs = List.copyOf(inputs);
        for (KafkaClient client : KafkaClient.values()) {
            properties.put(client, of(client, bootstrapServers));
        }
    }

    private Map<String, Object> of(KafkaClient client, String bootstrapServers) {
        Map<String, Object> result = new LinkedHashMap<>();
        if (client != KafkaClient.REGISTRY) {
            result.put("bootstrap.servers", bootstrapServers);
        }
        for (Scope scope : Scope.values()) {
            inputs.stream()
                    .filter(input -> input.scope() == scope && scope.clients().contains(client))
                    .filter(input -> isFor(client, input.name()))
                    .forEach(input -> result.put(input.name(), value(input)));
        }
        return Collections.unmodifiableMap(result);
    }

    // What only other clients know would make this one warn of an unused setting; what none knows is for a user's
    // class.
    private static boolean isFor(KafkaClient client, String name) {
        return client.knows(name) || Arrays.stream(KafkaClient.values()).noneMatch(other -> other.knows(name));
    }

    // A Password hides itself wherever somebody prints the map. Kafka fills in ${...} in texts only.
    private static Object value(KafkaInput input) {
        boolean password = KafkaClient.isPassword(input.name());
        return password && !input.isFilledIn() ? new Password(input.value()) : input.value();
    }

    /** What a client is given. */
    Map<String, Object> of(KafkaClient client) {
        return properties.get(client);
    }

    void show(StringJoiner text) {
        inputs.forEach(input -> text.add(input.key() + "=" + shown(input)));
    }

    private static String shown(KafkaInput input) {
        return KafkaClient.isPassword(input.name()) ? Secrets.HIDDEN : Secrets.shown(input.name(), input.value());
    }

    @Override
    public String toString() {
        return inputs.stream().map(KafkaInput::key).collect(Collectors.joining(", "));
    }
}
