package io.kaufmann.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds what answers a request. Filled once at start, then read by many threads. */
final class RegistryRoutes {

    private record Route(String method, String[] template, Function<RegistryCall, Object> action) {

        /** The open places, or nothing when the path is not this route's. */
        Optional<List<String>> match(String[] path) {
            if (path.length != template.length) {
                return Optional.empty();
            }
            List<String> open = new ArrayList<>();
            for (int i = 0; i < path.length; i++) {
                if (template[i].equals("*")) {
                    open.add(decode(path[i]));
                } else if (!template[i].equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(open);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a route; {@code *} leaves a place of the path open. The action returns what is to be written as JSON. */
    RegistryRoutes on(String method, String template, Function<RegistryCall, Object> action) {
        routes.add(new Route(method, template.split("/"), action));
        return this;
    }

    /** Runs the action of the route that fits. */
    Object answer(String method, URI uri, JsonNode body) {
        String[] path = uri.getRawPath().split("/");
        boolean pathKnown = false;
        for (Route route : routes) {
            Optional<List<String>> open = route.match(path);
            if (open.isPresent() && route.method().equals(method)) {
                return route.action().apply(new RegistryCall(open.get(), query(uri.getRawQuery()), body));
            }
            pathKnown |= open.isPresent();
        }
        throw pathKnown
                ? new RegistryProblem(405, "HTTP 405 Method Not Allowed")
                : new RegistryProblem(404, "HTTP 404 Not Found");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
        }
        return query;
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
