package io.kaufmann.schema;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Lets threads that ask for the same thing at the same time share one request: the first makes it, on its own thread, and
 * the others wait for what comes of it. Thread-safe.
 *
 * @param <K> what tells the requests apart
 */
final class SharedRequests<K> {

    private final ConcurrentHashMap<K, CompletableFuture<RegisteredSchema>> running = new ConcurrentHashMap<>();

    /** The outcome of the running request for this key, or of this one when there is none. */
    RegisteredSchema share(K key, Supplier<RegisteredSchema> request) {
        while (true) {
            CompletableFuture<RegisteredSchema> mine = new CompletableFuture<>();
            CompletableFuture<RegisteredSchema> theirs = running.putIfAbsent(key, mine);
            if (theirs == null) {
                return lead(key, mine, request);
            }
            try {
                return theirs.get();
            } catch (InterruptedException e) {
                throw interrupted(e);
            } catch (ExecutionException e) {
                // The thread that led was interrupted, which says nothing of the registry: ask anew.
                if (!wasInterrupted(e.getCause())) {
                    throw CopiedFailure.of(e.getCause());
                }
            }
        }
    }

    /** Whoever asks from now on makes a new request, even if one is running. */
    void forget(K key) {
        running.remove(key);
    }

    /** Whether a request failed only because its thread was interrupted. */
    static boolean wasInterrupted(Throwable failure) {
        return failure instanceof RegistryUnavailableException && failure.getCause() instanceof InterruptedException;
    }

    private RegisteredSchema lead(K key, CompletableFuture<RegisteredSchema> mine, Supplier<RegisteredSchema> request) {
        try {
            RegisteredSchema schema = request.get();
            running.remove(key, mine);
            mine.complete(schema);
            return schema;
        } catch (RuntimeException | Error e) {
            running.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static RegistryUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("Interrupted while waiting for another thread's request.", e);
    }
}
