package io.kaufmann.testing;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.ConfluentKafkaContainer;

/** Confluent's broker and Confluent's schema registry in containers. */
final class DockerEnvironment implements TestEnvironment {

    private static final String VERSION = "8.0.0";
    private static final String BROKER_IN_NETWORK = "broker:19092";
    private static final int REGISTRY_PORT = 8081;

    private final Network network;
    private final ConfluentKafkaContainer broker;
    private final GenericContainer<?> registry;
    private final TestClients clients;

    private DockerEnvironment(Network network, ConfluentKafkaContainer broker, GenericContainer<?> registry) {
        this.network = network;
        this.broker = broker;
        this.registry = registry;
        this.clients = new TestClients(broker.getBootstrapServers());
    }

    /** Starts both; the first time on a machine it fetches their images. */
    static DockerEnvironment start() {
        Network network = Network.newNetwork();
        ConfluentKafkaContainer broker = broker(network);
        GenericContainer<?> registry = registry(network);
        try {
            broker.start();
            registry.start();
            return new DockerEnvironment(network, broker, registry);
        } catch (RuntimeException failure) {
            registry.stop();
            broker.stop();
            network.close();
            throw failure;
        }
    }

    @Override
    public TestClients clients() {
        return clients;
    }

    @Override
    public String registryUrl() {
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT);
    }

    @Override
    public void close() {
        clients.close();
        registry.stop();
        broker.stop();
        network.close();
    }

    private static ConfluentKafkaContainer broker(Network network) {
        return new ConfluentKafkaContainer("confluentinc/cp-kafka:" + VERSION)
                .withNetwork(network)
                .withListener(BROKER_IN_NETWORK)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    private static GenericContainer<?> registry(Network network) {
        return new GenericContainer<>("confluentinc/cp-schema-registry:" + VERSION)
                .withNetwork(network)
                .withExposedPorts(REGISTRY_PORT)
                .withEnv("SCHEMA_REGISTRY_HOST_NAME", "schema-registry")
                .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + REGISTRY_PORT)
                .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + BROKER_IN_NETWORK)
                .withEnv("SCHEMA_REGISTRY_KAFKASTORE_TOPIC_REPLICATION_FACTOR", "1")
                .waitingFor(Wait.forHttp("/subjects"));
    }
}
