package io.kaufmann.testing;

import java.util.Optional;

/** Where the environment of an integration test comes from. */
public enum Platform {

    /**
     * A broker and a development registry in this JVM; or, with {@code -Dkaufmann.test.bootstrap} and
     * {@code -Dkaufmann.test.registry}, those that run there.
     */
    LOCAL {
        @Override
        Optional<String> whyMissing() {
            return Optional.empty();
        }

        @Override
        Optional<String> whyNotStoppable() {
            return GivenEnvironment.isGiven()
                    ? Optional.of("Stops the broker or the registry, which it may not do to those given by -D"
                            + GivenEnvironment.BOOTSTRAP)
                    : Optional.empty();
        }

        @Override
        TestEnvironment open() {
            return GivenEnvironment.isGiven() ? GivenEnvironment.open() : EmbeddedEnvironment.start();
        }

        @Override
        StoppableEnvironment openStoppable() {
            return EmbeddedEnvironment.start();
        }
    },

    /** Confluent's images in containers, where there is a Docker engine; elsewhere the tests are skipped. */
    DOCKER {
        @Override
        Optional<String> whyMissing() {
            return GivenEnvironment.isGiven()
                    ? Optional.of("Runs in Docker, but -D" + GivenEnvironment.BOOTSTRAP + " says where to run")
                    : DockerEngine.whyMissing();
        }

        @Override
        Optional<String> whyNotStoppable() {
            return Optional.of("Stops the broker or the registry, which come back at other ports in Docker");
        }

        @Override
        TestEnvironment open() {
            return DockerEnvironment.start();
        }

        @Override
        StoppableEnvironment openStoppable() {
            throw new UnsupportedOperationException(whyNotStoppable().orElseThrow());
        }
    };

    /** Why no test can run here; empty when they can. */
    abstract Optional<String> whyMissing();

    /** Why no test can run here that stops something; empty when they can. */
    abstract Optional<String> whyNotStoppable();

    /** Opens the environment that tests share. */
    abstract TestEnvironment open();

    /** Opens one for a single test. */
    abstract StoppableEnvironment openStoppable();
}
