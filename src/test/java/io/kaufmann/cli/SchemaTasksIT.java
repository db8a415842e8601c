package io.kaufmann.cli;

import io.kaufmann.testing.ApicurioProcess;
import io.kaufmann.testing.DevelopmentRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The tasks on schemas as processes, with both registries. */
class SchemaTasksIT {

    @Nested
    class OnDevelopmentRegistry extends SchemaTasksSuite {

        private static DevelopmentRegistry server;

        @BeforeAll
        static void start() {
            server = DevelopmentRegistry.start();
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        @Override
        String url() {
            return server.url();
        }
    }

    @Nested
    class OnApicurio extends SchemaTasksSuite {

        private static ApicurioProcess server;

        @BeforeAll
        static void start() {
            server = ApicurioProcess.start();
        }

        @AfterAll
        static void stop() {
            if (server != null) {
                server.close();
            }
        }

        @Override
        String url() {
            return server.url();
        }
    }
}
