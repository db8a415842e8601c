package io.kaufmann.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Plain HTTP, so that a registry is not tested only through the client that is tested with it. */
public final class RawHttp {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /**
     * Requests below a base URL.
     *
     * @param base the URL without a slash at the end
     */
    public RawHttp(String base) {
        this.base = base;
    }

    /**
     * Sends one request.
     *
     * @param method the method
     * @param path the path below the base URL, encoded
     * @param body the body, may be empty
     * @return the answer
     */
    public HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
