package io.kaufmann.schema;

import io.kaufmann.testing.InMemorySchemaRegistry;
import java.util.List;

class InMemoryRegistryTest extends RegistryContract {

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @Override
    SchemaRegistry registry() {
        return registry;
    }

    @Override
    void level(String subject, CompatibilityLevel level) {
        registry.compatibility(subject, level);
    }

    @Override
    RegisteredSchema register(String subject, String schema, List<SchemaReference> references) {
        return registry.register(subject, schema, references);
    }
}
