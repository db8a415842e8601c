package io.kaufmann.http;

import com.sun.net.httpserver.HttpServer;
import io.kaufmann.health.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells over HTTP how a service does, and changes nothing: {@code /live} and {@code /ready} for an orchestrator, {@code /health} as
 * JSON, {@code /metrics} for Prometheus, and {@code /}, a page for people. Thread-safe.
 *
 * <p>A service opens one by itself when {@code kaufmann.http.port} is set. It answers only those who call it by an address, by
 * {@code localhost}, by its own host or by a name that is allowed, so that no page of a stranger can read it through a name that
 * leads here. It has no users and no encryption: keep it where only your own can reach it. Its threads are daemons.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.service");

    private final HttpServer server;
    private final RequestThreads threads;
    private final InetSocketAddress address;

    private HttpEndpoint(HttpServer server, RequestThreads threads) {
        this.server = server;
        this.address = server.getAddress();
        this.threads = threads;
    }

    /**
     * Opens the port and answers from now on.
     *
     * @param settings where, and whom
     * @param health how the service does, asked for each request
     * @param prometheus its metrics in Prometheus' text format, asked for each request; empty when it has none of that kind
     * @return the endpoint, listening
     * @throws UncheckedIOException when the port cannot be listened on: it says which one and what to do
     */
    public static HttpEndpoint start(
            Settings settings, Supplier<Health> health, Supplier<Optional<String>> prometheus) {
        HttpServer server = listen(settings);
        RequestThreads threads = new RequestThreads();
        server.setExecutor(threads);
        server.createContext(
                "/",
                new RequestHandler(
                        new HostCheck(settings.host(), settings.allowedHosts()),
                        Answers.of(settings.service(), health, prometheus)));
        startAsDaemon(server);
        HttpEndpoint endpoint = new HttpEndpoint(server, threads);
        LOG.info("Service {} tells how it does at http://{}", settings.service(), hostAndPort(endpoint.address()));
        return endpoint;
    }

    private static HttpServer listen(Settings settings) {
        String where = settings.host() + ":" + settings.port();
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new UncheckedIOException(
                    "it cannot tell over HTTP how it does at " + where
                            + ": the host is unknown. Set kaufmann.http.host to a name"
                            + " or an address of this machine",
                    new IOException("Unknown host " + settings.host()));
        }
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "it cannot tell over HTTP how it does at " + where + ": " + e.getMessage()
                            + ". Set kaufmann.http.port to a"
                            + " port that is free, or 0 for any, and kaufmann.http.host to a name or an address of this machine",
                    e);
        }
    }

    /** The server's own thread is a daemon only if the thread that starts it is one. */
    private static void startAsDaemon(HttpServer server) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        Thread starter = new Thread(
                () -> {
                    server.start();
                    started.complete(null);
                },
                "kaufmann-http");
        starter.setDaemon(true);
        starter.start();
        started.join();
    }

    private static String hostAndPort(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = host.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
    }

    /** {@return where it listens, with the port that it took} */
    public InetSocketAddress address() {
        return address;
    }

    /** Refuses connections from now on, and cuts those that are open. Does nothing when it is closed. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /**
     * Where an endpoint listens, and whom it answers.
     *
     * @param service the service's name, for the page and for messages
     * @param host a name or an address of this machine; {@code 0.0.0.0} for all of them
     * @param port 0 takes a free one
     * @param allowedHosts names that it may be called by, besides addresses, {@code localhost} and {@code host}
     */
    public record Settings(String service, String host, int port, List<String> allowedHosts) {

        /** Copies the list. */
        public Settings {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }
}
