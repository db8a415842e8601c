package io.kaufmann.schema;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers for a while what could not be had, so that thousands of events that wait for it do not all ask. Keys come
 * from events, so it is bounded. Thread-safe.
 *
 * @param <K> what was asked for
 */
final class RecentFailures<K> {

    private static final int CAPACITY = 1_000;

    private record Failure(SchemaRegistryException exception, long at, long lasts) {}

    private final ConcurrentHashMap<K, Failure> failures = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private final long notFoundLasts;
    private final long unavailableLasts;

    RecentFailures(LongSupplier clock, Duration notFoundFor, Duration unavailableFor) {
        this.clock = clock;
        this.notFoundLasts = notFoundFor.toNanos();
        this.unavailableLasts = unavailableFor.toNanos();
    }

    void remember(K key, SchemaRegistryException exception) {
        if (SharedRequests.wasInterrupted(exception)) {
            return;
        }
        long lasts = exception instanceof RegistryUnavailableException ? unavailableLasts : notFoundLasts;
        if (failures.size() >= CAPACITY) {
            makeRoom();
        }
        failures.put(key, new Failure(exception, clock.getAsLong(), lasts));
    }

    void forget(K key) {
        failures.remove(key);
    }

    void forgetAll() {
        failures.clear();
    }

    /** Throws what was remembered for the key, if it has not passed yet. */
    void rethrow(K key) {
        Failure failure = failures.get(key);
        if (failure == null) {
            return;
        }
        long age = clock.getAsLong() - failure.at();
        if (age >= failure.lasts()) {
            failures.remove(key, failure);
            return;
        }
        throw CopiedFailure.of(
                failure.exception(), " (The answer is " + Duration.ofNanos(age).toMillis() + " ms old.)");
    }

    int size() {
        return failures.size();
    }

    // Ids and names that were never registered are cheap to forget: each costs one more request.
    private void makeRoom() {
        long now = clock.getAsLong();
        failures.values().removeIf(failure -> now - failure.at() >= failure.lasts());
        if (failures.size() >= CAPACITY) {
            failures.clear();
        }
    }
}
