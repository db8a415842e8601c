package io.kaufmann.schema;

import io.kaufmann.testing.ApicurioProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ApicurioRegistryIT extends HttpRegistryContract {

    private static ApicurioProcess registry;

    @BeforeAll
    static void start() {
        registry = ApicurioProcess.start();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    String url() {
        return registry.url();
    }

    @Override
    boolean hasModes() {
        return false;
    }

    // 3.0.9 answers 42201 where the version before has references.
    @Override
    boolean checksReferences() {
        return false;
    }
}
