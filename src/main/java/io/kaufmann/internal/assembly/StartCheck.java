package io.kaufmann.internal.assembly;

import io.kaufmann.health.StartException;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.schema.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at start for what a service cannot do without: its broker, its topics, the schema of error events. */
final class StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.service");

    // Kafka's time-outs are ints; a start timeout may be longer.
    private static final long LONGEST_REQUEST_MILLIS = Duration.ofDays(1).toMillis();
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(300);

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
        topics.addAll(parts.outlet().failures().deadLetters().topics());
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

    /** Asks until the registry answers or the time is over, on a thread of its own: a request may take longer than that. */
    private void requireErrorSchema(List<String> problems) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> askForErrorSchema(answer), "kaufmann-start");
        asking.setDaemon(true);
        asking.start();
        try {
            // At least one request's chance, when the broker has taken the time.
            answer.get(millisLeft() + 1_000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            missing(e.getCause(), problems);
        } catch (TimeoutException e) {
            problems.add("the schema registry did not answer within " + text(timeout)
                    + ". Check kaufmann.schema.registry.url, and that the registry runs");
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            asking.interrupt();
        }
    }

    /** Where dead letters keep what fails, a service may do without error events. */
    private void missing(Throwable error, List<String> problems) {
        boolean kept = !parts.outlet().failures().deadLetters().topics().isEmpty();
        if (kept && !(error instanceof RegistryUnavailableException)) {
            LOG.warn("Events that fail go to the dead letters without an error event: {}", error.getMessage());
        } else {
            problems.add(error.getMessage());
        }
    }

    private void askForErrorSchema(CompletableFuture<Void> answer) {
        while (!answer.isDone()) {
            try {
                parts.requireErrorSchema().run();
                answer.complete(null);
            } catch (RegistryUnavailableException e) {
                if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
                    answer.completeExceptionally(e);
                }
                LockSupport.parkNanos(BEFORE_NEXT_TRY.toNanos());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        }
    }

    private static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private int millisLeft() {
        return (int)
                Math.min(LONGEST_REQUEST_MILLIS, Math.max(1, deadline.left().toMillis()));
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            // The client gives up in time by itself; waiting a little longer lets it say why.
            return answer.get(millisLeft() + 1_000L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private StartException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartException(parts.serviceName(), List.of("the starting thread was interrupted"), e);
    }
}
