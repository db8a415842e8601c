package io.kaufmann.internal.produce;

import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the cluster whether a topic exists. Blocking, thread-safe. */
final class TopicLookUp {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Admin admin;

    TopicLookUp(Admin admin) {
        this.admin = admin;
    }

    /**
     * Returns when the topic exists.
     *
     * @throws PublishException rejected when it does not or may not be seen, unavailable when the cluster gave no answer
     */
    void requireExistence(String topic) {
        try {
            describe(topic);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException) {
                throw PublishException.rejected(
                        "topic " + topic + " does not exist. Create it, or correct where the event goes", cause);
            }
            if (cause instanceof InvalidTopicException) {
                throw PublishException.rejected("'" + topic + "' is no valid topic name", cause);
            }
            if (cause instanceof AuthorizationException) {
                throw PublishException.rejected(
                        "this service is not allowed to use topic " + topic + ". Grant it Describe and Write there",
                        cause);
            }
            throw unavailable(topic, cause);
        } catch (TimeoutException e) {
            throw unavailable(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(topic, e);
        }
    }

    private void describe(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        admin.describeTopics(List.of(topic)).allTopicNames().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static PublishException unavailable(String topic, Throwable cause) {
        return PublishException.unavailable("the cluster did not tell of topic " + topic + ": " + cause, cause);
    }
}
