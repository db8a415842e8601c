package io.kaufmann.schema;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request to one URL, and its answer in bounded memory. Thread-safe. */
final class RegistryExchange {

    /** What a list of 100,000 subjects needs, and the largest schema by far. */
    static final int LARGEST_BODY = 8 << 20;

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient client;

    /**
     * For all requests of a registry.
     *
     * @param connect the time for a connection
     * @param tls how to connect to {@code https}; the JDK's own way when empty
     */
    RegistryExchange(Duration connect, Optional<RegistryTls> tls) {
        // Redirects are never followed: credentials must not go where someone else points.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect);
        tls.ifPresent(settings -> settings.applyTo(builder));
        this.client = builder.build();
    }

    /**
     * Asks once. The time limit holds for the body too, which {@code HttpRequest.timeout} does not do.
     *
     * @throws UnsupportedSchemaException when a registry's good answer is too large to be read
     */
    RegistryAnswer once(RegistryRequest request, RegistryUrl url, Duration timeLimit)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<Optional<byte[]>>> response =
                client.sendAsync(http(request, url), info -> new BoundedBody(LARGEST_BODY));
        try {
            return answer(request, url, response.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private static HttpRequest http(RegistryRequest request, RegistryUrl url) {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(url.location() + request.path()))
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(
                        request.method(),
                        request.body()
                                .map(JsonNode::toString)
                                .map(BodyPublishers::ofString)
                                .orElseGet(BodyPublishers::noBody));
        request.body().ifPresent(body -> http.header("Content-Type", MEDIA_TYPE));
        url.authorization().ifPresent(value -> http.header("Authorization", value));
        return http.build();
    }

    private static RegistryAnswer answer(
            RegistryRequest request, RegistryUrl url, HttpResponse<Optional<byte[]>> response) {
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        Optional<JsonNode> json = json(response.body());
        boolean good = response.statusCode() >= 200 && response.statusCode() < 300;
        // A web page of any size is no registry's answer and remains an outage.
        if (json.isEmpty() && good && contentType.toLowerCase(Locale.ROOT).contains("json")) {
            throw new UnsupportedSchemaException(
                    "Cannot " + request.aim() + ": schema registry " + url.location() + " answered with more than "
                            + LARGEST_BODY + " bytes, or JSON that is nested too deep or has too many parts. Nothing of"
                            + " this size is read.",
                    null);
        }
        String target = response.headers()
                .firstValue("Location")
                .map(RegistryExchange::withoutSecrets)
                .orElse("");
        return new RegistryAnswer(
                url.location(), response.statusCode(), contentType, target, json.orElseGet(MissingNode::getInstance));
    }

    /** Empty when there is too much of it. */
    private static Optional<JsonNode> json(Optional<byte[]> body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(RegistryAnswer.parse(body.get()));
        } catch (StreamConstraintsException e) {
            return Optional.empty();
        }
    }

    private static String withoutSecrets(String target) {
        return target.replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*", "");
    }
}
