package io.kaufmann.testing;

/** A broker and a development registry in this JVM. */
public final class EmbeddedEnvironment implements StoppableEnvironment {

    private final EmbeddedBroker broker;
    private final DevelopmentRegistry registry;
    private final TestClients clients;

    private EmbeddedEnvironment(EmbeddedBroker broker, DevelopmentRegistry registry) {
        this.broker = broker;
        this.registry = registry;
        this.clients = new TestClients(broker.bootstrapServers());
    }

    /** Starts both, in two to three seconds for the first of a JVM. */
    public static EmbeddedEnvironment start() {
        return start(EmbeddedBroker.onFreePort());
    }

    /** Starts both, with a broker that has settings of its own. */
    public static EmbeddedEnvironment start(EmbeddedBroker broker) {
        try {
            return new EmbeddedEnvironment(broker.start(), DevelopmentRegistry.start(FreePorts.next()));
        } catch (RuntimeException failure) {
            broker.close();
            throw failure;
        }
    }

    @Override
    public TestClients clients() {
        return clients;
    }

    @Override
    public String registryUrl() {
        return registry.url();
    }

    @Override
    public void stopBroker() {
        broker.stop();
    }

    @Override
    public void startBroker() {
        broker.start();
    }

    @Override
    public void stopRegistry() {
        registry.stop();
    }

    @Override
    public void startRegistry() {
        registry.restart();
    }

    @Override
    public void close() {
        clients.close();
        registry.close();
        broker.close();
    }
}
