package io.kaufmann.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka cluster of several brokers, each in a process of its own, which a test can stop and kill one by one. Each has a
 * second listener, whose advertised port the test chooses, so that it can put a proxy before it. For one thread.
 */
public final class BrokerCluster implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("offsets.topic.replication.factor", "3"),
            Map.entry("transaction.state.log.replication.factor", "3"),
            Map.entry("transaction.state.log.min.isr", "2"),
            Map.entry("share.coordinator.state.topic.replication.factor", "3"),
            Map.entry("default.replication.factor", "3"),
            Map.entry("min.insync.replicas", "2"),
            Map.entry("group.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.min.session.timeout.ms", "1000"),
            Map.entry("group.consumer.session.timeout.ms", "6000"),
            Map.entry("group.consumer.min.heartbeat.interval.ms", "500"),
            Map.entry("group.consumer.heartbeat.interval.ms", "1000"),
            Map.entry("replica.lag.time.max.ms", "5000"));

    private final List<BrokerProcess> brokers = new ArrayList<>();
    private final List<Integer> proxiedPorts = new ArrayList<>();

    /**
     * Starts it, and returns when it serves clients.
     *
     * @param count how many brokers
     * @param advertised for the port of a broker's second listener, the port that clients are told for it
     */
    public static BrokerCluster start(int count, IntUnaryOperator advertised) {
        BrokerCluster cluster = new BrokerCluster(count, advertised);
        try {
            cluster.brokers.forEach(BrokerProcess::launch);
            cluster.brokers.forEach(BrokerProcess::awaitReady);
            return cluster;
        } catch (RuntimeException | Error failure) {
            cluster.close();
            throw failure;
        }
    }

    private BrokerCluster(int count, IntUnaryOperator advertised) {
        Uuid id = Uuid.randomUuid();
        List<Integer> controllers =
                IntStream.range(0, count).map(i -> FreePorts.next()).boxed().toList();
        String voters = IntStream.range(0, count)
                .mapToObj(i -> (i + 1) + "@127.0.0.1:" + controllers.get(i))
                .collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            int number = i + 1;
            int port = FreePorts.next();
            int second = FreePorts.next();
            proxiedPorts.add(advertised.applyAsInt(second));
            Map<String, String> extra = new HashMap<>(SETTINGS);
            extra.put("controller.quorum.voters", voters);
            extra.put("inter.broker.listener.name", "PLAINTEXT");
            extra.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT");
            extra.put(
                    "listeners",
                    "PLAINTEXT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + second + ",CONTROLLER://127.0.0.1:"
                            + controllers.get(i));
            extra.put(
                    "advertised.listeners",
                    "PLAINTEXT://127.0.0.1:" + port + ",PROXIED://127.0.0.1:" + proxiedPorts.get(i));
            Path home = Directories.createTemporary("kaufmann-broker-" + number + "-");
            brokers.add(new BrokerProcess(
                    home,
                    directory -> new NodeSettings(
                            number, port, controllers.get(number - 1), directory.resolve("data"), extra),
                    id));
        }
    }

    /** The brokers. */
    public List<BrokerProcess> brokers() {
        return List.copyOf(brokers);
    }

    /** Where a test's own clients connect to. */
    public String bootstrapServers() {
        return brokers.stream().map(BrokerProcess::bootstrapServers).collect(Collectors.joining(","));
    }

    /** Where clients connect to that go through the proxies. */
    public String proxiedBootstrapServers() {
        return proxiedPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        brokers.forEach(BrokerProcess::close);
    }
}
