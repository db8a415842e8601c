package io.kaufmann.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests, each with what its path says. Nothing of a request comes back in its answer. Thread-safe. */
final class RequestHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.service");

    private static final String WRONG_HOST =
            "This is not answered under the name that it was asked by, which may be a strange page's. Ask by address or by"
                    + " localhost, or allow the name with kaufmann.http.allowed.hosts.";
    private static final String FAILED = "This cannot be told: an error, which the service's log shows.";

    private final HostCheck hosts;
    private final Map<String, Supplier<Answer>> answers;
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    RequestHandler(HostCheck hosts, Map<String, Supplier<Answer>> answers) {
        this.hosts = hosts;
        this.answers = answers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!isForUs(exchange)) {
            return Answer.text(Answer.WRONG_HOST, WRONG_HOST);
        }
        Supplier<Answer> answer = answers.get(exchange.getRequestURI().getRawPath());
        if (answer == null) {
            return Answer.text(Answer.NOT_FOUND, "Here are /live, /ready, /health, /metrics, and / for people.");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            Answer refusal = Answer.text(Answer.WRONG_METHOD, "This can be read, and nothing else: GET or HEAD.");
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return refusal;
        }
        try {
            return answer.get();
        } catch (RuntimeException | LinkageError e) {
            tell(exchange, e);
            return Answer.text(Answer.FAILED, FAILED);
        }
    }

    /** Whoever asks through a proxy says it in the request's first line too. */
    private boolean isForUs(HttpExchange exchange) {
        List<String> named = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        String authority = exchange.getRequestURI().getRawAuthority();
        return named.size() == 1 && hosts.allows(named.get(0)) && (authority == null || hosts.allows(authority));
    }

    /** Once: a probe asks every few seconds. */
    private void tell(HttpExchange exchange, Throwable error) {
        if (hasFailed.compareAndSet(false, true)) {
            LOG.warn(
                    "{} cannot be told over HTTP; this is logged once",
                    exchange.getRequestURI().getRawPath(),
                    error);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", Page.NOTHING_ALLOWED);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        answer.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(answer.body().length));
            exchange.sendResponseHeaders(answer.code(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.code(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
