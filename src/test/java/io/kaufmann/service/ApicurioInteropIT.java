package io.kaufmann.service;

import io.kaufmann.testing.ApicurioProcess;
import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestClients;
import io.kaufmann.testing.TestEnvironment;
import org.junit.jupiter.api.AfterAll;

/** The same with another maker's registry. */
@RunsOn(Platform.LOCAL)
class ApicurioInteropIT extends InteropSuite {

    private ApicurioProcess registry;

    /** Apicurio 3.0.9 answers 500: its stack overflows on them. */
    @Override
    boolean takesRecursion() {
        return false;
    }

    @Override
    TestEnvironment with(TestEnvironment environment) {
        registry = ApicurioProcess.start();
        return new OtherRegistry(environment, registry.url());
    }

    @AfterAll
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private record OtherRegistry(TestEnvironment environment, String registryUrl) implements TestEnvironment {

        @Override
        public TestClients clients() {
            return environment.clients();
        }

        /** The environment belongs to all tests. */
        @Override
        public void close() {}
    }
}
