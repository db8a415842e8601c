package io.kaufmann.schema;

import io.kaufmann.testing.Platform;
import io.kaufmann.testing.RunsOn;
import io.kaufmann.testing.TestEnvironment;

/** The contract on Confluent's own registry, which runs where Docker does. */
@RunsOn(Platform.DOCKER)
class ConfluentRegistryIT extends HttpRegistryContract {

    private final String url;

    ConfluentRegistryIT(TestEnvironment environment) {
        url = environment.registryUrl();
    }

    @Override
    String url() {
        return url;
    }
}
