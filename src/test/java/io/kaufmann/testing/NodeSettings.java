package io.kaufmann.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where one combined KRaft node (broker and controller) lives.
 *
 * @param nodeId the node's id, written into its directory on the first start
 * @param port the port for clients, on 127.0.0.1
 * @param controllerPort the controller's port, on 127.0.0.1
 * @param directory where topics and metadata are kept
 * @param extra settings that are added to the others, or replace them
 */
record NodeSettings(int nodeId, int port, int controllerPort, Path directory, Map<String, String> extra) {

    private static final Map<String, String> SINGLE_NODE = Map.of(
            "process.roles", "broker,controller",
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "auto.create.topics.enable", "false",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    /** What makes a start, a first join and a stop quick, and the node small. */
    private static final Map<String, String> QUICK = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.num.partitions", "4",
            "log.cleaner.dedupe.buffer.size", "2097152");

    NodeSettings {
        extra = Map.copyOf(extra);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    Properties toProperties() {
        Properties properties = new Properties();
        properties.putAll(SINGLE_NODE);
        properties.putAll(QUICK);
        properties.setProperty("node.id", Integer.toString(nodeId));
        properties.setProperty("controller.quorum.voters", nodeId + "@127.0.0.1:" + controllerPort);
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("log.dirs", directory.toString());
        properties.putAll(extra);
        return properties;
    }
}
