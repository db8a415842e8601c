package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One question to a registry.
 *
 * @param aim what it is for, completing "Cannot ...": {@code read schema id 17}
 * @param method the HTTP method
 * @param path the path and query below the base URL
 * @param body the JSON to send, if any
 */
record RegistryRequest(String aim, String method, String path, Optional<JsonNode> body) {

    private static final int LONGEST_SUBJECT = 1_000;

    static RegistryRequest get(String aim, String path) {
        return new RegistryRequest(aim, "GET", path, Optional.empty());
    }

    static RegistryRequest post(String aim, String path, JsonNode body) {
        return new RegistryRequest(aim, "POST", path, Optional.of(body));
    }

    static RegistryRequest put(String aim, String path, JsonNode body) {
        return new RegistryRequest(aim, "PUT", path, Optional.of(body));
    }

    static RegistryRequest delete(String aim, String path) {
        return new RegistryRequest(aim, "DELETE", path, Optional.empty());
    }

    static String subjectPath(String subject) {
        return "/subjects/" + segment(subject);
    }

    /** A subject as one segment of a path. */
    static String segment(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Whether any registry could hold this subject. Event names become subjects, and some of them would not reach the
     * registry as what they are: the answer would look like an outage.
     */
    static boolean possible(String subject) {
        return !subject.isEmpty()
                && subject.length() <= LONGEST_SUBJECT
                && !subject.equals(".")
                && !subject.equals("..")
                && subject.chars().noneMatch(Character::isISOControl);
    }
}
