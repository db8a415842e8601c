package io.kaufmann.internal.assembly;

import io.kaufmann.internal.assembly.Probe.Ends;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers where partitions end. Blocking, for a bounded time. Not thread-safe: for the thread that probes.
 *
 * <p>It asks with one admin client, which logs all its settings when it is made. There is a new one where the old one may be of no use
 * any more: its credentials were refused, it does not work at all, or nobody has answered it for a minute, as when a cluster comes back
 * at other addresses.
 */
final class BrokerProbe implements Probe.Broker {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProbe.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    // The client gives up in time by itself; waiting a little longer lets it say why.
    private static final Duration LONGEST_WAIT = TIMEOUT.plusSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final Supplier<Admin> admins;
    private final String address;
    private final IsolationLevel isolation;
    private Optional<Admin> admin = Optional.empty();
    // When a client that gets no answer is given up; empty while there are answers.
    private Optional<Deadline> givenUp = Optional.empty();

    /** With the admin client and for the consumers of these settings. */
    BrokerProbe(Parts.Clients clients) {
        Map<String, Object> settings = new HashMap<>(clients.admin());
        settings.computeIfPresent("client.id", (name, id) -> id + "-probe");
        this.admins = () -> Admin.create(settings);
        this.address = String.valueOf(settings.get("bootstrap.servers"));
        this.isolation = "read_committed"
                        .equalsIgnoreCase(String.valueOf(clients.consumer().get("isolation.level")))
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    @Override
    public Ends ends(Set<TopicPartition> partitions) throws InterruptedException {
        try {
            Map<TopicPartition, Long> ends = ask(partitions);
            givenUp = Optional.empty();
            return new Ends(ends, Optional.empty());
        } catch (ExecutionException e) {
            return unreached(e.getCause(), e.getCause() instanceof AuthenticationException);
        } catch (TimeoutException e) {
            return unreached(e, false);
        } catch (RuntimeException | Error e) {
            // No broker's word: there is no client, it is closed, or its state is bad.
            return unreached(e, true);
        }
    }

    /** Throws when nobody answers anything; a partition without an answer is left out. */
    private Map<TopicPartition, Long> ask(Set<TopicPartition> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        Admin open = admin.orElseGet(admins);
        admin = Optional.of(open);
        Deadline deadline = Deadline.in(LONGEST_WAIT, Clock.system());
        int millis = (int) TIMEOUT.toMillis();
        KafkaFuture<String> cluster = open.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                .clusterId();
        ListOffsetsResult answers = open.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                new ListOffsetsOptions(isolation).timeoutMs(millis));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : partitions) {
            try {
                ends.put(
                        partition,
                        await(answers.partitionResult(partition), deadline).offset());
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("The end of {} is not known", partition, e);
            }
        }
        if (ends.isEmpty()) {
            await(cluster, deadline);
        }
        return ends;
    }

    private static <T> T await(KafkaFuture<T> answer, Deadline deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(Math.max(1, deadline.left().toMillis()), TimeUnit.MILLISECONDS);
    }

    private Ends unreached(Throwable error, boolean ofTheClient) {
        LOG.debug("No broker answered", error);
        Deadline until = givenUp.orElseGet(() -> Deadline.in(LONGEST_SILENCE, Clock.system()));
        givenUp = Optional.of(until);
        if (ofTheClient || until.isOver()) {
            close();
        }
        // Not the error's own words, which are Kafka's or a broker's.
        String name = error.getClass().getSimpleName();
        return new Ends(
                Map.of(),
                Optional.of(
                        error instanceof AuthenticationException || error instanceof AuthorizationException
                                ? "The Kafka brokers at " + address + " refuse the service (" + name
                                        + "). Check its credentials and rights, which kafka.* sets"
                                : "No Kafka broker answers at " + address + " (" + name
                                        + "); events wait, nothing is lost. Check kaufmann.bootstrap.servers, and that the"
                                        + " brokers run, let this machine in, and advertise addresses that can be reached"
                                        + " from here"));
    }

    @Override
    public void close() {
        Optional<Admin> open = admin;
        admin = Optional.empty();
        givenUp = Optional.empty();
        open.ifPresent(used -> used.close(Duration.ZERO));
    }
}
