package io.kaufmann.handler;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether an event whose handler threw is handled again, and after what wait. Must be thread-safe and quick.
 *
 * <pre>{@code
 * RetryPolicy.exponential(5, Duration.ofMillis(200), Duration.ofSeconds(10)).on(IOException.class)
 * }</pre>
 *
 * <p>It is asked for exceptions, those that a handler returns with {@code Result.failure(Throwable)} too. A failure of any
 * other kind is the handler's answer, and what cannot be decoded or written is the same at each attempt: neither is tried
 * again. While an event waits for its next attempt it holds back the events that are ordered behind it, but no worker.
 * Attempts are counted in memory: after a crash or a rebalance they begin at the first again.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * The wait before the next attempt.
     *
     * @param failedAttempts how many attempts have failed, from 1
     * @param error what the last one threw
     * @return the wait, a year at most; empty when there shall be no further attempt, for which null and an exception are taken
     *     too
     */
    Optional<Duration> nextDelay(int failedAttempts, Throwable error);

    /**
     * Never again.
     *
     * @return the policy
     */
    static RetryPolicy none() {
        return (failedAttempts, error) -> Optional.empty();
    }

    /**
     * Again after the same wait each time.
     *
     * @param attempts how many attempts there are in all, the first included; from 1
     * @param delay the wait before each further one
     * @return the policy
     */
    static RetryPolicy fixed(int attempts, Duration delay) {
        return new ExponentialRetry(attempts, delay, delay, 0);
    }

    /**
     * Again after waits that double each time, spread at random so that events which failed together do not come back
     * together: each wait is between half of its nominal length and the whole.
     *
     * @param attempts how many attempts there are in all, the first included; from 1
     * @param first the nominal wait before the second attempt
     * @param cap what no wait exceeds
     * @return the policy
     */
    static RetryPolicy exponential(int attempts, Duration first, Duration cap) {
        return exponential(attempts, first, cap, 0.5);
    }

    /**
     * Again after waits that double each time.
     *
     * @param attempts how many attempts there are in all, the first included; from 1
     * @param first the nominal wait before the second attempt
     * @param cap what no wait exceeds
     * @param jitter the share of each wait that is left to chance: 0 for none, 1 for waits from nothing to the whole
     * @return the policy
     */
    static RetryPolicy exponential(int attempts, Duration first, Duration cap, double jitter) {
        return new ExponentialRetry(attempts, first, cap, jitter);
    }

    /**
     * This policy for some exceptions only.
     *
     * @param types the exception, or one of its causes, must be of one of these
     * @return the narrower policy
     */
    default RetryPolicy on(Class<?>... types) {
        List<Class<?>> some = List.of(types);
        return (failedAttempts, error) -> isOneOf(some, error) ? nextDelay(failedAttempts, error) : Optional.empty();
    }

    /**
     * This policy for all exceptions but some.
     *
     * @param types neither the exception nor one of its causes may be of one of these
     * @return the narrower policy
     */
    default RetryPolicy except(Class<?>... types) {
        List<Class<?>> some = List.of(types);
        return (failedAttempts, error) -> isOneOf(some, error) ? Optional.empty() : nextDelay(failedAttempts, error);
    }

    private static boolean isOneOf(List<Class<?>> types, Throwable error) {
        // Causes may go in a circle.
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 100; depth++) {
            if (isInstance(types, cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isInstance(List<Class<?>> types, Throwable cause) {
        return types.stream().anyMatch(type -> type.isInstance(cause));
    }
}
