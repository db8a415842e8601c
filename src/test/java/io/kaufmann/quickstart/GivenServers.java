package io.kaufmann.quickstart;

import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.testing.TestClients;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker and a registry that run somewhere already. */
record GivenServers(TestClients clients, String registryUrl) implements TestEnvironment {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Those at these addresses.
     *
     * @throws IllegalStateException when one of them does not answer
     */
    static GivenServers open(String bootstrapServers, String registryUrl) {
        requireBroker(bootstrapServers);
        // Says itself what is wrong with it.
        var unused = HttpSchemaRegistry.of(registryUrl).subjects();
        return new GivenServers(new TestClients(bootstrapServers), registryUrl);
    }

    private static void requireBroker(String bootstrapServers) {
        Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "No Kafka broker answered at " + bootstrapServers + " within " + PATIENCE.toSeconds()
                            + " s. Is it running? Without -D" + Site.BOOTSTRAP + " and -D" + Site.REGISTRY
                            + " the quickstart brings its own",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
