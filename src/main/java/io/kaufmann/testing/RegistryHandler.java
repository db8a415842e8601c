package io.kaufmann.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a request, lets the routes answer it and writes the answer as a registry does. Thread-safe. */
final class RegistryHandler implements HttpHandler {

    private record Answer(int status, byte[] body) {}

    private final RegistryRoutes routes;
    private volatile boolean paused;
    private volatile String authorization = "";

    RegistryHandler(RegistryRoutes routes) {
        this.routes = routes;
    }

    void pause(boolean pause) {
        paused = pause;
    }

    /** Takes only requests with this Authorization header from now on; all when it is empty. */
    void require(String authorization) {
        this.authorization = authorization;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = answer(exchange, body);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange, String body) {
        try {
            if (paused) {
                throw new RegistryProblem(503, "The development registry is paused");
            }
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (!authorization.isEmpty() && !authorization.equals(given)) {
                throw new RegistryProblem(401, "Unauthorized");
            }
            JsonNode json = RegistryJson.parse(body);
            Object answer = routes.answer(exchange.getRequestMethod(), exchange.getRequestURI(), json);
            return new Answer(200, RegistryJson.write(answer));
        } catch (RegistryProblem e) {
            return error(e.status(), e.code(), e.getMessage());
        } catch (RuntimeException e) {
            return error(500, 50001, "Error in the development registry: " + e);
        }
    }

    private static Answer error(int status, int code, String message) {
        return new Answer(status, RegistryJson.write(Map.of("error_code", code, "message", message)));
    }
}
