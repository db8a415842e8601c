package io.kaufmann.task;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for the broker's answers, and says in a sentence what came instead. */
final class Asked {

    private static final int LONGEST_SECONDS = 60;

    private Asked() {}

    /**
     * The answer.
     *
     * @param aim what was asked for, completing "Cannot ..."
     * @throws TaskException when there is none
     */
    static <T> T get(KafkaFuture<T> answer, String aim) {
        try {
            return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (TimeoutException e) {
            throw failure(aim, e);
        } catch (ExecutionException e) {
            throw failure(aim, e.getCause());
        }
    }

    private static TaskException failure(String aim, Throwable cause) {
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException || cause instanceof TimeoutException) {
            return new TaskException(
                    "Cannot " + aim + ": no broker answers. Check kaufmann.bootstrap.servers, and the network", cause);
        }
        if (cause instanceof org.apache.kafka.common.errors.AuthorizationException) {
            return new TaskException(
                    "Cannot " + aim + ": it is not allowed (" + cause.getMessage() + "). Ask for the right", cause);
        }
        return new TaskException("Cannot " + aim + ": " + cause.getMessage(), cause);
    }
}
