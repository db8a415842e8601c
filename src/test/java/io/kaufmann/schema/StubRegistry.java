package io.kaufmann.schema;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers what a test tells it to, request by request, and keeps what it was asked. */
final class StubRegistry implements AutoCloseable {

    static final String JSON = "application/vnd.schemaregistry.v1+json";
    static final String INT_SCHEMA = "{\"schema\":\"\\\"int\\\"\"}";

    static {
        // The JDK's server writes head and body apart, and Nagle's algorithm then holds the body back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** What to do with one request. */
    @FunctionalInterface
    interface Step {
        void run(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** What was asked. */
    record Received(String line, String authorization, String contentType, String accept, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Step> steps = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);

    StubRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://" + hostAndPort();
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    List<String> lines() {
        return received.stream().map(Received::line).toList();
    }

    StubRegistry then(Step step) {
        steps.add(step);
        return this;
    }

    StubRegistry then(int status, String body) {
        return then(status, JSON, body);
    }

    StubRegistry then(int status, String contentType, String body) {
        return then(exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            if (!contentType.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Type", contentType);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    StubRegistry thenError(int status, int code) {
        return then(status, "{\"error_code\":" + code + ",\"message\":\"the registry's words\"}");
    }

    StubRegistry thenRedirect(String location) {
        return then(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }

    /** Cuts the connection without an answer. */
    StubRegistry thenCut() {
        return then(HttpExchange::close);
    }

    /** Does not answer until the test ends. */
    StubRegistry thenHang() {
        return then(exchange -> hang());
    }

    /** Sends the head and a part of the body, and no more until the test ends. */
    StubRegistry thenHangInTheBody() {
        return then(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        });
    }

    void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void hang() throws InterruptedException {
        hanging.countDown();
        closed.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                String.valueOf(headers.getFirst("Authorization")),
                String.valueOf(headers.getFirst("Content-Type")),
                String.valueOf(headers.getFirst("Accept")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Step step = steps.poll();
        try {
            if (step == null) {
                throw new IOException("more requests than the test told of");
            }
            step.run(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
