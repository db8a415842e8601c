package io.kaufmann.quickstart;

import io.kaufmann.schema.HttpSchemaRegistry;
import io.kaufmann.testing.TestClients;
import io.kaufmann.testing.TestEnvironment;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

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
        int patience = (int) PATIENCE.toMillis();
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
        try (Admin admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "No Kafka broker answered at " + bootstrapServers + " within " + PATIENCE.toSeconds()
                            + " s. Is it running? Without -D" + Site.BOOTSTRAP + " and -D" + Site.REGISTRY
                            + " the quickstart brings its own",
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (KafkaException e) {
            throw new IllegalArgumentException(
                    "-D" + Site.BOOTSTRAP + "=" + bootstrapServers + " is nothing to connect to: "
                            + (e.getCause() == null ? e : e.getCause()).getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
