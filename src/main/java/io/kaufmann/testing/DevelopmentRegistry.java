package io.kaufmann.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A schema registry for development and tests: Confluent's REST API on this machine's loopback address, contents in this
 * JVM's memory. It can go down and come back with all it holds.
 *
 * <pre>{@code
 * try (DevelopmentRegistry registry = DevelopmentRegistry.start()) {
 *   SchemaRegistry client = HttpSchemaRegistry.of(registry.url());
 *   client.register("order.placed", schema);
 * }
 * }</pre>
 *
 * <p>Its threads are daemons. Thread-safe.
 */
public final class DevelopmentRegistry implements AutoCloseable {

    private static final int THREADS = 8;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The JDK's server writes head and body apart, and Nagle's algorithm then holds the body back for 40 ms.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private final InMemorySchemaRegistry contents;
    private final RegistryHandler handler;
    private final int port;
    // Guarded by this; null while stopped.
    private HttpServer server;
    private ExecutorService threads;

    private DevelopmentRegistry(int port, InMemorySchemaRegistry contents) {
        this.contents = contents;
        this.handler = new RegistryHandler(RegistryApi.routes(contents.store()));
        this.port = listen(port);
    }

    /**
     * An empty registry on a free port.
     *
     * @return the registry, listening
     */
    public static DevelopmentRegistry start() {
        return start(0);
    }

    /**
     * An empty registry on a given port.
     *
     * @param port the port, or 0 for a free one
     * @return the registry, listening
     * @throws UncheckedIOException when the port cannot be listened on
     */
    public static DevelopmentRegistry start(int port) {
        return start(port, new InMemorySchemaRegistry());
    }

    /**
     * A registry that serves what is in memory already.
     *
     * @param port the port, or 0 for a free one
     * @param contents what it serves and keeps new schemas in
     * @return the registry, listening
     * @throws UncheckedIOException when the port cannot be listened on
     */
    public static DevelopmentRegistry start(int port, InMemorySchemaRegistry contents) {
        return new DevelopmentRegistry(port, contents);
    }

    /**
     * The base URL.
     *
     * @return the URL, without a slash at the end
     */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * The port, which stays the same.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * What it serves, for looking and changing without HTTP.
     *
     * @return the contents
     */
    public InMemorySchemaRegistry contents() {
        return contents;
    }

    /** Answers every request with 503 from now on. */
    public void pause() {
        handler.pause(true);
    }

    /** Ends {@link #pause()}. */
    public void resume() {
        handler.pause(false);
    }

    /**
     * Answers 401 from now on to whoever does not give this user and password.
     *
     * @param user the user
     * @param password the password
     */
    public void requireBasic(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        handler.require("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Answers 401 from now on to whoever does not give this token.
     *
     * @param token the token
     */
    public void requireBearer(String token) {
        handler.require("Bearer " + token);
    }

    /** Refuses connections from now on, and cuts those that are open. Does nothing when stopped. */
    public synchronized void stop() {
        if (server != null) {
            server.stop(0);
            threads.shutdownNow();
            server = null;
        }
    }

    /**
     * Listens again on the same port, with the same contents. Does nothing when it listens.
     *
     * @throws UncheckedIOException when someone else has taken the port
     */
    public synchronized void restart() {
        if (server == null) {
            listen(port);
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return "DevelopmentRegistry[" + url() + "]";
    }

    private synchronized int listen(int wanted) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The development registry cannot listen on 127.0.0.1:" + wanted + ". Choose another port, or 0.",
                    e);
        }
        threads = Executors.newFixedThreadPool(THREADS, task -> daemon("development-registry", task));
        server.setExecutor(threads);
        server.createContext("/", handler);
        startAsDaemon(server);
        return server.getAddress().getPort();
    }

    // The server's own thread is a daemon only if the thread that starts it is one.
    private static void startAsDaemon(HttpServer server) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        daemon("development-registry-start", () -> {
                    server.start();
                    started.complete(null);
                })
                .start();
        started.join();
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
