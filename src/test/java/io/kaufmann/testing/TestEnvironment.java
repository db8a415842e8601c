package io.kaufmann.testing;

/**
 * What an integration test runs against: a Kafka cluster and a schema registry, wherever they are. Tests share it, so
 * they name their topics, groups and subjects with {@link Topics#unique}. Thread-safe.
 *
 * <p>A test class says {@code @RunsOn(Platform.LOCAL)} and takes one as a parameter; one that stops the broker or the
 * registry takes a {@link StoppableEnvironment}.
 */
public interface TestEnvironment extends AutoCloseable {

    /** Plain clients of the cluster, closed with the environment. */
    TestClients clients();

    /** The base URL of the schema registry. */
    String registryUrl();

    /** Where the Kafka cluster is. */
    default String bootstrapServers() {
        return clients().bootstrapServers();
    }

    /** Short for {@code clients().topics()}. */
    default Topics topics() {
        return clients().topics();
    }

    /** Short for {@code clients().producer()}. */
    default RawProducer producer() {
        return clients().producer();
    }

    /** Closes the clients, and whatever this environment has started. */
    @Override
    void close();
}
