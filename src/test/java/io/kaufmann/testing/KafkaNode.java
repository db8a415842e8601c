package io.kaufmann.testing;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;

/** One run of a Kafka node in this JVM, from its start to its stop; the next run on the same directory is another one. */
final class KafkaNode {

    static {
        // A server whose port is taken ends its process. Here that would be the tests' own JVM: fail the start instead.
        Exit.setExitProcedure(KafkaNode::refuseExit);
        Exit.setHaltProcedure(KafkaNode::refuseExit);
    }

    private final KafkaRaftServer server;

    private KafkaNode(KafkaRaftServer server) {
        this.server = server;
    }

    /** Formats the directory if it is new, starts a node on it and returns when it serves clients. */
    static KafkaNode start(NodeSettings settings) {
        NodeStorage.formatIfNew(settings);
        KafkaConfig config = KafkaConfig.fromProps(settings.toProperties(), false);
        KafkaNode node = new KafkaNode(new KafkaRaftServer(config, Time.SYSTEM));
        try {
            node.server.startup();
            return node;
        } catch (RuntimeException | Error failure) {
            node.stopAfter(failure);
            throw failure;
        }
    }

    /** Hands over what a clean shutdown hands over, and returns when all threads and ports are released. */
    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private void stopAfter(Throwable failure) {
        try {
            stop();
        } catch (RuntimeException | Error second) {
            failure.addSuppressed(second);
        }
    }

    private static void refuseExit(int code, String message) {
        throw new IllegalStateException("The embedded broker gave up (exit code " + code + "): " + message);
    }
}
