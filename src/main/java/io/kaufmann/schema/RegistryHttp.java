package io.kaufmann.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries requests to one registry and back. Tries again, with growing pauses, on 5xx and I/O errors only and never longer
 * than the limits say. Thread-safe.
 */
final class RegistryHttp {

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpClient client;
    private final String location;
    private final Optional<String> authorization;
    private final RegistryLimits limits;

    RegistryHttp(String location, Optional<String> authorization, RegistryLimits limits) {
        this.location = location;
        this.authorization = authorization;
        this.limits = limits;
        // Redirects are never followed: credentials must not go where someone else points.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .build();
    }

    String location() {
        return location;
    }

    /**
     * Sends a request until there is an answer below 500.
     *
     * @throws RegistryUnavailableException when there is none within the limits, or the thread was interrupted
     */
    RegistryAnswer send(RegistryRequest request) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            String outcome;
            Throwable cause = null;
            Duration timeLimit = limits.requestWithin(elapsed(start));
            try {
                RegistryAnswer answer = once(request, timeLimit);
                if (answer.status() < 500) {
                    return answer;
                }
                outcome = "it answered " + answer.summary();
            } catch (TimeoutException e) {
                cause = e;
                outcome = "no answer within " + timeLimit.toMillis() + " ms";
            } catch (IOException e) {
                cause = e;
                outcome = describe(e);
            } catch (InterruptedException e) {
                throw interrupted(request, e);
            }
            Duration pause = limits.pauseAfter(attempt, ThreadLocalRandom.current());
            if (attempt >= limits.attempts() || elapsed(start).plus(pause).compareTo(limits.total()) >= 0) {
                throw unavailable(request, outcome, attempt, elapsed(start), cause);
            }
            sleep(request, pause);
        }
    }

    /** One attempt. The time limit holds for the body too, which {@code HttpRequest.timeout} does not do. */
    private RegistryAnswer once(RegistryRequest request, Duration timeLimit)
            throws IOException, InterruptedException, TimeoutException {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(location + request.path()))
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(
                        request.method(),
                        request.body()
                                .map(JsonNode::toString)
                                .map(BodyPublishers::ofString)
                                .orElseGet(BodyPublishers::noBody));
        request.body().ifPresent(body -> http.header("Content-Type", MEDIA_TYPE));
        authorization.ifPresent(value -> http.header("Authorization", value));
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(http.build(), BodyHandlers.ofString());
        try {
            return answer(response.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private static RegistryAnswer answer(HttpResponse<String> response) {
        return new RegistryAnswer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers()
                        .firstValue("Location")
                        .map(RegistryHttp::withoutSecrets)
                        .orElse(""),
                RegistryAnswer.parse(response.body()));
    }

    private static String withoutSecrets(String target) {
        return target.replaceFirst("//[^/]*@", "//").replaceFirst("[?#].*", "");
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void sleep(RegistryRequest request, Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            throw interrupted(request, e);
        }
    }

    private RegistryUnavailableException interrupted(RegistryRequest request, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException(
                "Cannot " + request.aim() + ": interrupted while waiting for " + location + ".", e);
    }

    private RegistryUnavailableException unavailable(
            RegistryRequest request, String outcome, int attempts, Duration took, Throwable cause) {
        String tries = attempts == 1 ? "1 attempt" : attempts + " attempts";
        return new RegistryUnavailableException(
                "Cannot " + request.aim() + " at schema registry " + location + ": " + outcome + " (" + tries + " in "
                        + took.toMillis() + " ms). Check that the registry is up and reachable from here, and that"
                        + " kaufmann.schema.registry.url points to it.",
                cause);
    }

    private static String describe(IOException e) {
        String detail = e.getMessage() == null ? "" : ": " + e.getMessage();
        return "not reached, " + e.getClass().getSimpleName() + detail;
    }
}
