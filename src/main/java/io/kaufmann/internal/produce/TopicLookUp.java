package io.kaufmann.internal.produce;

import io.kaufmann.publish.PublishException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the cluster whether a topic exists. Blocking. Not thread-safe: for the one thread that looks topics up.
 *
 * <p>It asks with an admin client of its own, opened for the first question. After an outage it opens a new one, which finds a
 * cluster that has come back at other addresses.
 */
final class TopicLookUp implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<Admin> admins;
    private Optional<Admin> admin = Optional.empty();

    TopicLookUp(Supplier<Admin> admins) {
        this.admins = admins;
    }

    /**
     * How many partitions a topic has.
     *
     * @throws PublishException rejected when it does not or may not be seen, unavailable when the cluster gave no answer
     */
    int partitions(String topic) {
        try {
            return describe(topic).partitions().size();
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

    private Admin admin() {
        Admin open = admin.orElseGet(admins);
        admin = Optional.of(open);
        return open;
    }

    @Override
    public void close() {
        admin.ifPresent(open -> open.close(Duration.ZERO));
        admin = Optional.empty();
    }

    private TopicDescription describe(String topic) throws ExecutionException, InterruptedException, TimeoutException {
        DescribeTopicsOptions inTime = new DescribeTopicsOptions().timeoutMs((int) TIMEOUT.toMillis());
        return admin().describeTopics(List.of(topic), inTime)
                .allTopicNames()
                .get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .get(topic);
    }

    private PublishException unavailable(String topic, Throwable cause) {
        close();
        return PublishException.unavailable("the cluster did not tell of topic " + topic + ": " + cause, cause);
    }
}
