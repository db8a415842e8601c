package io.kaufmann.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.awaitility.Awaitility;

/**
 * A Kafka broker in a process of its own, which a test can kill. It starts again on the same data and port, after a kill
 * too. Dies with this JVM; deletes its data on {@link #close()}. For one thread.
 */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);

    /** A killed broker's registration lives on for a session; only then may its successor register. */
    private static final Map<String, String> QUICK_AFTER_A_KILL =
            Map.of("broker.session.timeout.ms", "1500", "broker.heartbeat.interval.ms", "300");

    /** Small and quickly there, unless the {@code broker.jvm} property says otherwise. */
    private static final List<String> JVM_OPTIONS = List.of(
            System.getProperty("broker.jvm", "-Xmx256m -XX:TieredStopAtLevel=1").split(" "));

    private final Path home;
    private final NodeSettings settings;
    private final Uuid cluster;
    private volatile Optional<Process> process = Optional.empty();

    private BrokerProcess(Map<String, String> extra) {
        this(
                Directories.createTemporary("kaufmann-broker-process-"),
                home -> new NodeSettings(1, FreePorts.next(), FreePorts.next(), home.resolve("data"), extra),
                Uuid.randomUuid());
    }

    /** A broker of a cluster of several, not started yet. */
    BrokerProcess(Path home, Function<Path, NodeSettings> settings, Uuid cluster) {
        this.home = home;
        this.settings = settings.apply(home);
        this.cluster = cluster;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "kill-broker-process"));
    }

    /** A broker on a free port that runs. */
    public static BrokerProcess started() {
        return started(Map.of());
    }

    /** The same with settings of its own besides those of a small and quick one. */
    public static BrokerProcess started(Map<String, String> settings) {
        Map<String, String> extra = new HashMap<>(QUICK_AFTER_A_KILL);
        extra.putAll(settings);
        BrokerProcess broker = new BrokerProcess(extra);
        try {
            return broker.start();
        } catch (RuntimeException | Error failure) {
            broker.close();
            throw failure;
        }
    }

    /** Starts it, again or for the first time, and returns when it serves clients. */
    public BrokerProcess start() {
        launch();
        awaitReady();
        return this;
    }

    /** Starts it, without waiting until it serves clients. */
    void launch() {
        if (process.filter(Process::isAlive).isEmpty()) {
            process = Optional.of(launch(NodeStorage.formatIfNew(settings, cluster)));
        }
    }

    /** Asks it to shut down cleanly, and returns when it is gone. */
    public void stop() {
        process.ifPresent(Process::destroy);
        awaitGone();
    }

    /** Kills it without warning ({@code kill -9}), and returns when it is gone. */
    public void kill() {
        process.ifPresent(Process::destroyForcibly);
        awaitGone();
    }

    /** Where clients connect to, the same after each start. */
    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    /** The port of {@link #bootstrapServers()}. */
    public int port() {
        return settings.port();
    }

    /** Kills it and deletes its data. */
    @Override
    public void close() {
        kill();
        Directories.delete(home);
    }

    private Process launch(Path properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "kafka.Kafka", properties.toString()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start " + command, failure);
        }
    }

    void awaitReady() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            Awaitility.await("the broker process serves clients")
                    .atMost(READY_WITHIN)
                    .failFast(this::requireAlive)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !admin.describeCluster().nodes().get().isEmpty());
        }
    }

    private void requireAlive() throws IOException {
        if (process.filter(Process::isAlive).isEmpty()) {
            throw new IllegalStateException("The broker process ended: " + Files.readString(log()));
        }
    }

    private void awaitGone() {
        try {
            if (process.isPresent() && !process.get().waitFor(STOPPED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The broker process is still there after " + STOPPED_WITHIN);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before the broker process was gone", interrupted);
        }
    }

    private Path log() {
        return home.resolve("broker.log");
    }
}
