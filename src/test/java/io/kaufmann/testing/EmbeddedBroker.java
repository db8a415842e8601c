package io.kaufmann.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A real Kafka broker in this JVM: one combined KRaft node on 127.0.0.1, ready in about two seconds. It creates no topic
 * by itself, forgets nothing between {@link #stop()} and {@link #start()}, and deletes its data on {@link #close()}.
 * Several may run side by side. Thread-safe.
 *
 * <pre>{@code
 * try (EmbeddedBroker broker = EmbeddedBroker.started()) {
 *     ... broker.bootstrapServers() ...
 *     broker.stop();
 *     broker.start(); // the same port, the same records and committed offsets
 * }
 * }</pre>
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int START_ATTEMPTS = 5;

    // Two brokers of one JVM register their metrics by node id.
    private static final AtomicInteger NODE_IDS = new AtomicInteger();

    private final int nodeId = NODE_IDS.incrementAndGet();
    private final Path home = Directories.createTemporary("kaufmann-broker-");
    private final OptionalInt wantedPort;
    private final IntSupplier freePorts;

    // All guarded by this.
    private final Map<String, String> extra = new HashMap<>();
    private Optional<NodeSettings> settings = Optional.empty();
    private Optional<KafkaNode> running = Optional.empty();
    private boolean closed;

    EmbeddedBroker(OptionalInt wantedPort, IntSupplier freePorts) {
        this.wantedPort = wantedPort;
        this.freePorts = freePorts;
    }

    /** A broker that will listen on a free port; not started yet. */
    public static EmbeddedBroker onFreePort() {
        return new EmbeddedBroker(OptionalInt.empty(), FreePorts::next);
    }

    /** A broker that will listen on this port and no other; not started yet. */
    public static EmbeddedBroker onPort(int port) {
        return new EmbeddedBroker(OptionalInt.of(port), FreePorts::next);
    }

    /** A broker on a free port that runs. */
    public static EmbeddedBroker started() {
        return onFreePort().start();
    }

    /** Adds or replaces a setting of the server, such as {@code group.min.session.timeout.ms}; before the first start. */
    public synchronized EmbeddedBroker with(String setting, String value) {
        if (settings.isPresent()) {
            throw new IllegalStateException("Set " + setting + " before the broker's first start");
        }
        extra.put(setting, value);
        return this;
    }

    /**
     * Starts the broker, or starts it again with the data and on the port it had. Returns when it serves clients; does
     * nothing when it runs.
     *
     * @throws IllegalStateException when it cannot start, for example because its port is taken
     */
    public synchronized EmbeddedBroker start() {
        if (closed) {
            throw new IllegalStateException("The broker is closed and its data deleted: make a new one");
        }
        if (running.isEmpty()) {
            running = Optional.of(settings.map(EmbeddedBroker::startOn).orElseGet(this::startFirst));
        }
        return this;
    }

    /** Shuts the broker down cleanly, keeping its data and its port; does nothing when it does not run. */
    public synchronized void stop() {
        running.ifPresent(KafkaNode::stop);
        running = Optional.empty();
    }

    /** Whether it is started and not stopped. */
    public synchronized boolean isRunning() {
        return running.isPresent();
    }

    /** Where clients connect to: {@code 127.0.0.1:port}, the same after a stop and a start. */
    public synchronized String bootstrapServers() {
        return settings.map(NodeSettings::bootstrapServers)
                .orElseThrow(() -> new IllegalStateException("The broker has no port before its first start"));
    }

    /** Where its data is kept until it is closed. */
    Path home() {
        return home;
    }

    /** Stops the broker and deletes its data. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            stop();
        } finally {
            Directories.delete(home);
        }
    }

    /** Free ports are free only until somebody takes them, so the first start tries others. */
    private KafkaNode startFirst() {
        for (int attempt = 1; ; attempt++) {
            NodeSettings candidate = candidate(attempt);
            try {
                KafkaNode node = startOn(candidate);
                settings = Optional.of(candidate);
                return node;
            } catch (IllegalStateException failure) {
                if (attempt == START_ATTEMPTS || !otherPortsMayHelp(candidate)) {
                    throw failure;
                }
            }
        }
    }

    private NodeSettings candidate(int attempt) {
        int port = wantedPort.orElseGet(freePorts);
        int controllerPort = freePorts.getAsInt();
        return new NodeSettings(nodeId, port, controllerPort, home.resolve("attempt-" + attempt), extra);
    }

    private boolean otherPortsMayHelp(NodeSettings tried) {
        boolean portIsTaken = !FreePorts.isFree(tried.port());
        boolean controllerPortIsTaken = !FreePorts.isFree(tried.controllerPort());
        return wantedPort.isPresent() ? controllerPortIsTaken && !portIsTaken : controllerPortIsTaken || portIsTaken;
    }

    private static KafkaNode startOn(NodeSettings settings) {
        requireFree(settings.port());
        requireFree(settings.controllerPort());
        try {
            return KafkaNode.start(settings);
        } catch (RuntimeException failure) {
            throw new IllegalStateException("The embedded broker did not start: " + settings, failure);
        }
    }

    private static void requireFree(int port) {
        if (!FreePorts.isFree(port)) {
            throw new IllegalStateException(
                    "The embedded broker cannot start: something else listens on 127.0.0.1:" + port);
        }
    }
}
