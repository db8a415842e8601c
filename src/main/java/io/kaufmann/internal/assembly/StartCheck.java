package io.kaufmann.internal.assembly;

import io.kaufmann.health.StartException;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at start for what a service cannot do without: its broker, its topics, the schema of error events. */
final class StartCheck {

    private final Parts parts;
    private final Admin admin;
    private final Deadline deadline;
    private final Duration timeout;

    StartCheck(Parts parts, Admin admin, Clock clock) {
        this.parts = parts;
        this.admin = admin;
        this.timeout = parts.times().start();
        this.deadline = Deadline.in(timeout, clock);
    }

    /**
     * Returns when all is there.
     *
     * @throws StartException with everything that is not
     */
    void run() {
        List<String> problems = new ArrayList<>();
        requireBroker();
        requireTopics(problems);
        requireErrorSchema(problems);
        if (!problems.isEmpty()) {
            throw new StartException(parts.serviceName(), problems, null);
        }
    }

    private void requireBroker() {
        try {
            await(admin.describeCluster(new DescribeClusterOptions().timeoutMs(millisLeft()))
                    .nodes());
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw new StartException(
                    parts.serviceName(),
                    List.of("no Kafka broker answered at "
                            + parts.clients().admin().get("bootstrap.servers")
                            + " within " + text(timeout) + " (" + cause
                            + "). Check kaufmann.bootstrap.servers, and that the"
                            + " broker runs, lets this machine in, and advertises addresses that can be reached from"
                            + " here"),
                    cause);
        }
    }

    private void requireTopics(List<String> problems) {
        Set<String> topics = new LinkedHashSet<>(parts.intake().loop().topics());
        topics.add(parts.outlet().defaultTopic());
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        (Collection<String>) topics, new DescribeTopicsOptions().timeoutMs(millisLeft()))
                .topicNameValues();
        for (String topic : topics) {
            try {
                await(answers.get(topic));
            } catch (ExecutionException | TimeoutException e) {
                problems.add(topicProblem(topic, e instanceof ExecutionException ? e.getCause() : e));
            }
        }
    }

    private String topicProblem(String topic, Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "topic " + topic + " does not exist. Create it: kafka-topics.sh --bootstrap-server "
                    + parts.clients().admin().get("bootstrap.servers") + " --create --topic " + topic
                    + " --partitions 8";
        }
        return "topic " + topic + " cannot be used: " + cause;
    }

    private void requireErrorSchema(List<String> problems) {
        try {
            parts.requireErrorSchema().run();
        } catch (RuntimeException e) {
            problems.add(e.getMessage());
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private int millisLeft() {
        return (int) Math.max(1, deadline.left().toMillis());
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            // The client gives up in time by itself; waiting a little longer lets it say why.
            return answer.get(millisLeft() + 1_000L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(parts.serviceName(), List.of("the starting thread was interrupted"), e);
        }
    }
}
