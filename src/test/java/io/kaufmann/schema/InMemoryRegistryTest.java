package io.kaufmann.schema;

import io.kaufmann.testing.InMemorySchemaRegistry;

class InMemoryRegistryTest extends RegistryContract {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Override
    SchemaRegistry registry() {
        return registry;
    }
}
