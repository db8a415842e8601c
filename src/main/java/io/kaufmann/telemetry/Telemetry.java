package io.kaufmann.telemetry;

import io.kaufmann.event.EventNames;
import io.kaufmann.health.Ending;
import io.kaufmann.health.Health;
import io.kaufmann.health.PartitionHealth.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears what the service does. Each method does nothing unless overridden. Called by many threads at once, those of each event's way
 * among them: it must be thread-safe and quick.
 *
 * <p>It cannot hurt the service. One that throws, that takes more than 5 ms for each call of a kind on average, or that does not
 * return within a second, is cut off and named in the log: it is not called for a minute, and each further time for twice as long,
 * up to an hour; an hour without such a thing makes it a minute again. A call that does not return is interrupted, once: let it heed
 * that, since nothing else brings its thread back to the service. Methods that keep no event waiting, {@code opened}, {@code closed}
 * and {@code observed}, may take 5 s. What happens while it is cut off it never hears of, but for three things: what is opened and
 * closed; how the service does, unless {@code observed} itself is what failed; and, whatever failed, how it has ended.
 */
public interface Telemetry {

    /** Hears nothing. */
    Telemetry NONE = new Telemetry() {};

    /**
     * What tells each of several listeners. In a service, each is watched and cut off by itself, as if it were the only one. Elsewhere
     * one that throws is named in the log and told of no event any more; the others go on hearing.
     *
     * @param listeners who hears
     * @return what hears for all of them
     */
    static Telemetry all(Telemetry... listeners) {
        return new TelemetryGroup(List.of(listeners));
    }

    /**
     * A service is about to start: asked before anything else is told of it.
     *
     * @param served the service
     * @return what is told of it; as a rule this. Another helps one that several services share to tell them apart
     */
    default Telemetry forService(Served served) {
        return this;
    }

    /**
     * The listeners that this tells, each to be watched by itself; as a rule this alone. One that tells others, and nothing by
     * itself, names them here: it is not told itself then.
     */
    default List<Telemetry> parts() {
        return List.of(this);
    }

    /**
     * An event was decoded.
     *
     * @param decoded the facts
     */
    default void decoded(Decoded decoded) {}

    /**
     * A handler returned or threw.
     *
     * @param handled the facts
     */
    default void handled(Handled handled) {}

    /**
     * An event was encoded.
     *
     * @param encoded the facts
     */
    default void encoded(Encoded encoded) {}

    /**
     * A record was acknowledged by the broker.
     *
     * @param published the facts
     */
    default void published(Published published) {}

    /**
     * An event ended, whichever way.
     *
     * @param finished the facts
     */
    default void finished(Finished finished) {}

    /**
     * Records were read and handed to no worker.
     *
     * @param passedOver the facts
     */
    default void passedOver(PassedOver passedOver) {}

    /**
     * An event is to be handled once more.
     *
     * @param retried the facts
     */
    default void retried(Retried retried) {}

    /**
     * An error event was acknowledged.
     *
     * @param errorSent the facts
     */
    default void errorSent(ErrorSent errorSent) {}

    /**
     * An event was acknowledged by a topic for dead letters.
     *
     * @param deadLettered the facts
     */
    default void deadLettered(DeadLettered deadLettered) {}

    /**
     * A commit was answered, or failed.
     *
     * @param committed the facts
     */
    default void committed(Committed committed) {}

    /**
     * The group gave partitions to a consumer of the service, or took them.
     *
     * @param rebalanced the facts
     */
    default void rebalanced(Rebalanced rebalanced) {}

    /**
     * A partition is not fetched from any more, until there is room again.
     *
     * @param paused the facts
     */
    default void paused(Paused paused) {}

    /**
     * How the service does, about once in a second while it runs, and once more when it has ended. Told by a thread of its own; one
     * is left out when the one before has not returned.
     *
     * @param health all of it
     */
    default void observed(Health health) {}

    /**
     * A consumer was made. It may be asked for its metrics, and for nothing else.
     *
     * @param consumer the consumer
     */
    default void opened(Consumer<?, ?> consumer) {}

    /**
     * The producer was made. It may be asked for its metrics, and for nothing else.
     *
     * @param producer the producer
     */
    default void opened(Producer<?, ?> producer) {}

    /**
     * A consumer is closed.
     *
     * @param consumer one that was opened
     */
    default void closed(Consumer<?, ?> consumer) {}

    /**
     * The producer is closed.
     *
     * @param producer the one that was opened
     */
    default void closed(Producer<?, ?> producer) {}

    /**
     * What it has measured in Prometheus' text format, version 0.0.4, for {@code /metrics}; empty when it has nothing of the kind.
     * Asked while it is cut off too. What it throws is named in the log, and counts as empty.
     */
    default Optional<String> prometheus() {
        return Optional.empty();
    }

    /**
     * A service.
     *
     * @param name its name
     * @param consumerGroup the group it reads with
     * @param handled the events that its handler accepts
     * @param overHttp whether it is asked over HTTP for what was measured
     */
    record Served(String name, String consumerGroup, EventNames handled, boolean overHttp) {}

    /**
     * An event was decoded.
     *
     * @param event its name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param offset where it came from
     * @param consumerGroup the group it was read by
     * @param size the value's size in bytes
     * @param duration how long it took
     */
    record Decoded(
            String event,
            String topic,
            int partition,
            long offset,
            String consumerGroup,
            int size,
            Duration duration) {}

    /**
     * A handler returned or threw.
     *
     * @param event the event's name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param handler the handler's class
     * @param consumerGroup the group it was read by
     * @param waited how long the event had waited since it was handed out, or since its last attempt ended: for a worker, behind others
     *     of its key, for its next attempt
     * @param duration how long it took
     */
    record Handled(
            String event,
            String topic,
            int partition,
            String handler,
            String consumerGroup,
            Duration waited,
            Duration duration) {}

    /**
     * An event was encoded.
     *
     * @param event its name, without the ordering key
     * @param size the value's size in bytes
     * @param duration how long it took
     */
    record Encoded(String event, int size, Duration duration) {}

    /**
     * A record was acknowledged by the broker.
     *
     * @param event its event's name, without the ordering key
     * @param topic where it went
     * @param partition where it went
     * @param size the value's size in bytes
     * @param duration the time from its sending to the acknowledgement
     */
    record Published(String event, String topic, int partition, int size, Duration duration) {}

    /**
     * An event ended.
     *
     * @param event its name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param consumerGroup the group it was read by
     * @param ending how
     * @param attempts how often its handler was to have it
     * @param latency the time since it was handed out
     * @param age the time since its record's timestamp, by the clocks of two machines; never negative, zero without a timestamp, and 30
     *     days at most, since any producer can invent one
     */
    record Finished(
            String event,
            String topic,
            int partition,
            String consumerGroup,
            Ending ending,
            int attempts,
            Duration latency,
            Duration age) {}

    /**
     * Records were read and handed to no worker: their names are none that the handler accepts, or they were finished before, as an
     * earlier commit tells.
     *
     * @param topic where they came from
     * @param partition where they came from
     * @param consumerGroup the group they were read by
     * @param count how many
     */
    record PassedOver(String topic, int partition, String consumerGroup, long count) {}

    /**
     * An event is to be handled once more.
     *
     * @param event its name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param consumerGroup the group it was read by
     * @param attempt how often it has been handled by now
     * @param delay how long until then
     */
    record Retried(String event, String topic, int partition, String consumerGroup, int attempt, Duration delay) {}

    /**
     * An error event was acknowledged, in all topics that it went to.
     *
     * @param event the name of the event that failed, without the ordering key
     * @param topic where that came from
     * @param partition where that came from
     * @param consumerGroup the group it was read by
     */
    record ErrorSent(String event, String topic, int partition, String consumerGroup) {}

    /**
     * An event was acknowledged by a topic for dead letters.
     *
     * @param event its name, without the ordering key
     * @param topic where it came from
     * @param partition where it came from
     * @param consumerGroup the group it was read by
     * @param stage in what it failed: {@code decode}, {@code handle}, {@code publish}, or {@code parked} behind another
     */
    record DeadLettered(String event, String topic, int partition, String consumerGroup, String stage) {}

    /**
     * A commit was answered, or failed.
     *
     * @param consumerGroup the group
     * @param partitions those whose offsets it told
     * @param failed whether it failed, so that the next one says the same again
     */
    record Committed(String consumerGroup, Set<TopicPartition> partitions, boolean failed) {

        /** Copies the set. */
        public Committed {
            partitions = Set.copyOf(partitions);
        }
    }

    /**
     * The group gave partitions to a consumer of the service, or took them.
     *
     * @param consumerGroup the group
     * @param change what happened to them
     * @param partitions those concerned
     */
    record Rebalanced(String consumerGroup, Change change, Set<TopicPartition> partitions) {

        /** Copies the set. */
        public Rebalanced {
            partitions = Set.copyOf(partitions);
        }

        /** What happened to partitions. */
        public enum Change {
            /** They were given. */
            ASSIGNED,
            /** They were taken, after what ran had been finished and committed. */
            REVOKED,
            /** They were another's already. */
            LOST
        }
    }

    /**
     * A partition is not fetched from any more.
     *
     * @param topic its topic
     * @param partition its number
     * @param consumerGroup the group
     * @param pause why
     */
    record Paused(String topic, int partition, String consumerGroup, Pause pause) {}
}
