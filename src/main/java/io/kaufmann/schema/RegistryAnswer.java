package io.kaufmann.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * What came back over HTTP, below 500.
 *
 * @param from the URL that answered, without credentials
 * @param status the HTTP status
 * @param contentType the content type, or an empty text
 * @param target the Location header of a redirect without credentials and query, or an empty text
 * @param json the body; missing when it is not JSON
 */
record RegistryAnswer(String from, int status, String contentType, String target, JsonNode json) {

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxTokenCount(400_000)
                    .build())
            .build());

    /**
     * The body as JSON; missing when it is none.
     *
     * @throws StreamConstraintsException when it is nested too deep or has too many parts
     */
    static JsonNode parse(byte[] body) throws StreamConstraintsException {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (StreamConstraintsException e) {
            throw e;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The registry's own error code; empty when the body is not a registry's error. */
    OptionalInt errorCode() {
        JsonNode code = json.path("error_code");
        return code.canConvertToInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
    }

    /** For messages: {@code 404 (40403: 'Schema not found')}, or the status and what kind of body came. */
    String summary() {
        if (errorCode().isPresent()) {
            String message = SchemaTexts.quote(json.path("message").asText());
            return status + " (" + errorCode().getAsInt() + ": " + message + ")";
        }
        String kind = contentType.isEmpty() ? "no content type" : "content type " + SchemaTexts.quote(contentType);
        return status + " (" + kind + ", no registry's error code)";
    }
}
