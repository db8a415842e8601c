package io.kaufmann.schema;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

@EnabledIf(value = "dockerIsHere", disabledReason = "Docker is not present: Confluent's registry runs as a container")
class ConfluentRegistryIT extends HttpRegistryContract {

    private static final int PORT = 8081;

    private static Network network;
    private static KafkaContainer broker;
    private static GenericContainer<?> registry;

    static boolean dockerIsHere() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        broker = new KafkaContainer("apache/kafka:4.0.0").withNetwork(network).withListener("broker:19092");
        broker.start();
        registry = new GenericContainer<>("confluentinc/cp-schema-registry:8.0.0")
                .withNetwork(network)
                .withExposedPorts(PORT)
                .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
                .withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + PORT)
                .withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://broker:19092")
                .waitingFor(Wait.forHttp("/subjects").forStatusCode(200).withStartupTimeout(Duration.ofMinutes(3)));
        registry.start();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.stop();
        }
        if (broker != null) {
            broker.stop();
        }
        if (network != null) {
            network.close();
        }
    }

    @Override
    String url() {
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(PORT);
    }
}
