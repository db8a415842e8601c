package io.kaufmann.schema;

import io.kaufmann.testing.DevelopmentRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DevelopmentRegistryContractTest extends HttpRegistryContract {

    private static DevelopmentRegistry registry;

    @BeforeAll
    static void start() {
        registry = DevelopmentRegistry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Override
    String url() {
        return registry.url();
    }
}
