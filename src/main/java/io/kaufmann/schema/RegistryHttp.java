package io.kaufmann.schema;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Carries requests to one registry and back. What comes to nothing at one of its URLs (5xx, 429 and I/O errors only) goes
 * to the next; when all were asked it begins again, with growing pauses and never longer than the limits say. Thread-safe.
 */
final class RegistryHttp {

    private static final int TOO_MANY_REQUESTS = 429;

    private final RegistryAddresses addresses;
    private final RegistryExchange exchange;
    private final RegistryLimits limits;

    RegistryHttp(RegistryAddresses addresses, RegistryExchange exchange, RegistryLimits limits) {
        this.addresses = addresses;
        this.exchange = exchange;
        this.limits = limits;
    }

    String location() {
        return addresses.location();
    }

    /** How long a schema and all those it refers to may take, each of which is a request. */
    Duration longestResolution() {
        return limits.resolution();
    }

    /**
     * Sends a request until there is an answer below 500.
     *
     * @throws RegistryUnavailableException when there is none within the limits, or the thread was interrupted
     * @throws UnsupportedSchemaException when a good answer is too large to be read
     */
    RegistryAnswer send(RegistryRequest request) {
        RegistryTries tries = new RegistryTries(request, location(), limits);
        while (true) {
            Optional<RegistryAnswer> answer = round(request, tries);
            if (answer.isPresent()) {
                return answer.get();
            }
            Duration pause = limits.pauseAfter(tries.rounds(), ThreadLocalRandom.current());
            if (!tries.mayGoOnAfter(pause)) {
                throw tries.exception();
            }
            sleep(request, pause);
        }
    }

    /** Each URL once, until one answers. */
    private Optional<RegistryAnswer> round(RegistryRequest request, RegistryTries tries) {
        List<RegistryUrl> urls = addresses.inOrder();
        for (int i = 0; i < urls.size() && !tries.timeIsOver(); i++) {
            RegistryUrl url = urls.get(i);
            Optional<RegistryAnswer> answer = attempt(request, url, tries, tries.timeLimit(urls.size() - i));
            if (answer.isPresent()) {
                addresses.answered(url);
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<RegistryAnswer> attempt(
            RegistryRequest request, RegistryUrl url, RegistryTries tries, Duration timeLimit) {
        try {
            RegistryAnswer answer = exchange.once(request, url, timeLimit);
            if (answer.status() < 500 && answer.status() != TOO_MANY_REQUESTS) {
                return Optional.of(answer);
            }
            tries.failed(url, "it answered " + answer.summary(), null);
        } catch (TimeoutException e) {
            tries.failed(url, "no answer within " + timeLimit.toMillis() + " ms", e);
        } catch (IOException e) {
            tries.failed(url, describe(e), e);
        } catch (InterruptedException e) {
            throw interrupted(request, e);
        }
        return Optional.empty();
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
                "Cannot " + request.aim() + ": interrupted while waiting for " + location() + ".", e);
    }

    private static String describe(IOException e) {
        String detail = e.getMessage() == null ? "" : ": " + SchemaTexts.quote(e.getMessage());
        return "not reached, " + e.getClass().getSimpleName() + detail;
    }
}
