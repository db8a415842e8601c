package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks a registry and returns the JSON of a good answer, or throws what the answer means. Thread-safe. */
final class RegistryCalls {

    private final RegistryHttp http;
    private final RegistryErrors errors;

    RegistryCalls(RegistryHttp http) {
        this.http = http;
        this.errors = new RegistryErrors(this::isRegistry);
    }

    String location() {
        return http.location();
    }

    /** The answer's JSON object, which must have a field of this name: others answer with JSON too. */
    JsonNode object(RegistryRequest request, String field) {
        return object(request, http.send(request), field);
    }

    /** The same, which must tell a schema's id too: without it the id 0 would go into every frame. */
    JsonNode identified(RegistryRequest request, String field) {
        JsonNode json = object(request, field);
        JsonNode id = json.path("id");
        return id.isIntegralNumber() && id.canConvertToInt() ? json : notRegistry(request, json);
    }

    /** The answer's JSON array. */
    JsonNode array(RegistryRequest request) {
        return array(request, http.send(request));
    }

    /** The JSON of a good answer, whatever it is. */
    JsonNode any(RegistryRequest request) {
        return any(request, http.send(request));
    }

    /** The answer, whatever it is, below 500. */
    RegistryAnswer send(RegistryRequest request) {
        return http.send(request);
    }

    /** The JSON array of an answer that came to a request. */
    JsonNode array(RegistryRequest request, RegistryAnswer answer) {
        JsonNode json = any(request, answer);
        return json.isArray() ? json : notRegistry(request, json);
    }

    /** The JSON object of an answer that came to a request. */
    JsonNode object(RegistryRequest request, RegistryAnswer answer, String field) {
        JsonNode json = any(request, answer);
        return json.hasNonNull(field) ? json : notRegistry(request, json);
    }

    /**
     * Refuses to ask for a subject that no registry can hold.
     *
     * @throws SchemaNotFoundException when it is one
     */
    void requirePossible(String aim, String subject) {
        if (!RegistryRequest.possible(subject)) {
            throw new SchemaNotFoundException("Cannot " + aim + ": no registry holds a subject of this name, so that "
                    + location() + " was not asked.");
        }
    }

    /**
     * Refuses to register under a subject that no registry can hold.
     *
     * @throws SchemaRejectedException when it is one
     */
    void requireAllowed(String aim, String subject) {
        if (!RegistryRequest.possible(subject)) {
            throw new SchemaRejectedException("Cannot " + aim + ": it must have 1 to 1,000 characters, none of them a"
                    + " control character. Give it another name.");
        }
    }

    /** The JSON of an answer that came to a request, which must be a good one. */
    JsonNode any(RegistryRequest request, RegistryAnswer answer) {
        if (!answer.ok()) {
            throw errors.of(request, answer);
        }
        return answer.json();
    }

    private JsonNode notRegistry(RegistryRequest request, JsonNode json) {
        throw new RegistryUnavailableException(
                "Cannot " + request.aim() + " at schema registry " + location() + ": it answered 200 with "
                        + (json.isMissingNode() ? "something that is not JSON" : "JSON that is no registry's answer")
                        + ". Check that kaufmann.schema.registry.url points to a schema registry and not to a web page or"
                        + " a proxy's login.",
                null);
    }

    /** Whether there is a registry at all. */
    // Small, and every registry has it.
    boolean isRegistry() {
        RegistryRequest request = RegistryRequest.get("list the schema types", "/schemas/types");
        RegistryAnswer answer = http.send(request);
        return answer.ok() && answer.json().isArray();
    }
}
