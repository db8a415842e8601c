package io.kaufmann.testing;

import java.util.Optional;

/**
 * A cluster and a registry that run already, given by {@code -Dkaufmann.test.bootstrap=host:port
 * -Dkaufmann.test.registry=http://host:port}. Tests leave their topics and subjects behind in it.
 */
final class GivenEnvironment implements TestEnvironment {

    static final String BOOTSTRAP = "kaufmann.test.bootstrap";
    static final String REGISTRY = "kaufmann.test.registry";

    private final TestClients clients;
    private final String registryUrl;

    private GivenEnvironment(String bootstrapServers, String registryUrl) {
        this.clients = new TestClients(bootstrapServers);
        this.registryUrl = registryUrl;
    }

    /** Whether the tests were started with a cluster and a registry; with only one of them is an error. */
    static boolean isGiven() {
        if (property(BOOTSTRAP).isPresent() != property(REGISTRY).isPresent()) {
            throw new IllegalStateException(
                    "Give both -D%s=host:port and -D%s=http://host:port, or none".formatted(BOOTSTRAP, REGISTRY));
        }
        return property(BOOTSTRAP).isPresent();
    }

    static GivenEnvironment open() {
        return new GivenEnvironment(
                property(BOOTSTRAP).orElseThrow(), property(REGISTRY).orElseThrow());
    }

    @Override
    public TestClients clients() {
        return clients;
    }

    @Override
    public String registryUrl() {
        return registryUrl;
    }

    @Override
    public void close() {
        clients.close();
    }

    // The build hands these on empty when they were not given.
    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }
}
