package io.kaufmann.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.Schema;

/** A registry's client as a team may have written it, with the errors of Confluent's. */
final class OwnRegistryClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;

    OwnRegistryClient(String url) {
        this.url = url;
    }

    /** As Confluent's: an exception that is no {@link IOException}, with the code in its message. */
    static final class RestClientException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RestClientException(String message, int code) {
            super(message + "; error code: " + code);
        }
    }

    int register(Schema schema) throws IOException {
        HttpURLConnection connection = open("/subjects/" + schema.getFullName() + "/versions");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/vnd.schemaregistry.v1+json");
        connection
                .getOutputStream()
                .write(JSON.writeValueAsBytes(
                        JsonNodeFactory.instance.objectNode().put("schema", schema.toString())));
        return answer(connection).get("id").intValue();
    }

    Schema byId(int id) throws IOException {
        String text = answer(open("/schemas/ids/" + id)).get("schema").textValue();
        return new Schema.Parser().setValidateDefaults(false).parse(text);
    }

    private HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    }

    private static JsonNode answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            JsonNode body = JSON.readTree(in);
            if (status >= 400) {
                throw new RestClientException(
                        body.path("message").asText(), body.path("error_code").asInt(status));
            }
            return body;
        }
    }

    /** Finds out two threads in one place. */
    static final class OneAtATime {

        private final AtomicBoolean inside = new AtomicBoolean();

        void enter() {
            if (!inside.compareAndSet(false, true)) {
                throw new AssertionError("two threads at once");
            }
        }

        void leave() {
            inside.set(false);
        }
    }
}
