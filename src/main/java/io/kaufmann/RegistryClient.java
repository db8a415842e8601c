package io.kaufmann;

import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.schema.HttpSchemaRegistryBuilder;

/** Makes the client of a configuration's schema registry. */
final class RegistryClient {

    private RegistryClient() {}

    /**
     * The client, without a cache.
     *
     * @throws IllegalArgumentException when the address or what stands beside it cannot be used
     */
    static HttpSchemaRegistry of(String url, KaufmannConfig config) {
        HttpSchemaRegistryBuilder registry = HttpSchemaRegistry.builder(url);
        config.registryUser()
                .ifPresent(user ->
                        registry.credentials(user, config.registryPassword().orElse("")));
        config.registryToken().ifPresent(registry::bearerToken);
        if (!config.registryProperties().isEmpty()) {
            registry.ssl(config.registryProperties());
        }
        return registry.build();
    }
}
