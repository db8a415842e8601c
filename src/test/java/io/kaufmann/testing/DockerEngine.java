package io.kaufmann.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * Whether there is a Docker engine. Testcontainers knows best, but without an engine it takes seconds to say so, and says
 * it with stack traces: so it is asked only when something listens where an engine would.
 */
final class DockerEngine {

    private static final String SWITCH = "kaufmann.test.docker";
    private static final int CONNECT_MILLIS = 1_000;

    private DockerEngine() {}

    /** Why there is no engine that the tests could use; empty when there is one. */
    static Optional<String> whyMissing() {
        return Once.ANSWER;
    }

    static Optional<String> firstListening(List<String> hosts) {
        return hosts.stream().filter(DockerEngine::listens).findFirst();
    }

    private static Optional<String> look() {
        if ("off".equals(System.getProperty(SWITCH))) {
            return Optional.of("Docker is switched off by -D" + SWITCH + "=off");
        }
        List<String> hosts = hosts();
        if (!isWindows() && firstListening(hosts).isEmpty()) {
            return Optional.of("No Docker engine: nothing listens on " + String.join(", ", hosts));
        }
        return DockerClientFactory.instance().isDockerAvailable()
                ? Optional.empty()
                : Optional.of("No Docker engine that Testcontainers can use, though something listens");
    }

    private static List<String> hosts() {
        Optional<String> set = Optional.ofNullable(System.getenv("DOCKER_HOST")).filter(host -> !host.isBlank());
        if (set.isPresent()) {
            return List.of(set.orElseThrow());
        }
        Path home = Path.of(System.getProperty("user.home"));
        Stream<Path> rootless =
                Stream.ofNullable(System.getenv("XDG_RUNTIME_DIR")).map(dir -> Path.of(dir, "docker.sock"));
        Stream<Path> usual = Stream.of(
                Path.of("/var/run/docker.sock"),
                home.resolve(".docker/run/docker.sock"),
                home.resolve(".docker/desktop/docker.sock"));
        return Stream.concat(usual, rootless).map(path -> "unix://" + path).toList();
    }

    private static boolean listens(String host) {
        URI uri = URI.create(host);
        return switch (String.valueOf(uri.getScheme())) {
            case "unix" -> accepts(UnixDomainSocketAddress.of(uri.getPath()));
            case "tcp", "http", "https" -> accepts(uri.getHost(), uri.getPort());
            default -> true;
        };
    }

    private static boolean accepts(SocketAddress address) {
        try (SocketChannel channel = SocketChannel.open(address)) {
            return channel.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /** Looked up when it is first needed, and not again. */
    private static final class Once {
        static final Optional<String> ANSWER = look();
    }
}
