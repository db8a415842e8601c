package io.kaufmann.internal.assembly;

import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.EventNames;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.internal.consume.LoopSettings;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.internal.work.RegistryProbe;
import io.kaufmann.internal.work.WorkerThreads;
import io.kaufmann.publish.CallbackTopics;
import io.kaufmann.publish.MetaSource;
import io.kaufmann.publish.PartitionStrategy;
import io.kaufmann.publish.ProducerFactory;
import io.kaufmann.publish.TopicStrategy;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a service is put together from.
 *
 * @param serviceName its name, for messages
 * @param consumerGroup the group it reads with
 * @param handler what it does with its events
 * @param handled the events that the handler accepts
 * @param naming where a record tells its event's name
 * @param transcoders decode and encode
 * @param requireErrorSchema returns when the schema of error events can be found, and throws otherwise
 * @param registryProbe tells an outage of the registry from an event that it cannot answer for
 * @param intake how it reads
 * @param watch how it watches its handlers
 * @param outlet how it publishes
 * @param clients the settings of its Kafka clients
 * @param times how long it waits for what
 * @param clock tells the time
 * @param telemetry hears what happens
 * @param tracing follows events
 */
public record Parts(
        String serviceName,
        String consumerGroup,
        EventHandler handler,
        EventNames handled,
        EventNaming naming,
        Transcoders transcoders,
        Runnable requireErrorSchema,
        RegistryProbe registryProbe,
        Intake intake,
        Watch watch,
        Outlet outlet,
        Clients clients,
        Times times,
        Clock clock,
        Telemetry telemetry,
        Tracing tracing) {

    /**
     * How a service reads.
     *
     * @param threads makes the threads of workers
     * @param workers how many events are handled at once
     * @param workersPerPartition how many of these one partition may have; empty for an even share
     * @param loops on how many consumers it reads
     * @param loop what each of them reads and how
     */
    public record Intake(
            WorkerThreads threads, int workers, OptionalInt workersPerPartition, int loops, LoopSettings loop) {}

    /**
     * How a service watches its handlers.
     *
     * @param timeLimit how long one may take; empty for as long as it likes
     * @param maxLostWorkers how many workers that are stuck past that are replaced
     * @param stallAfter after what time without progress an event counts as stalled
     * @param stalledNotLive whether one that does makes the service not live
     * @param probeInterval how often the broker and the registry are asked whether they answer
     */
    public record Watch(
            Optional<Duration> timeLimit,
            int maxLostWorkers,
            Duration stallAfter,
            boolean stalledNotLive,
            Duration probeInterval) {}

    /**
     * How a service publishes.
     *
     * @param defaultTopic where events go that say nothing else
     * @param topicStrategy says where an event goes that states no target
     * @param partitionStrategy chooses partitions
     * @param callbackTopics the callback topics that are allowed
     * @param metaSource makes metadata
     * @param failures what becomes of events that fail
     * @param producerFactory makes the producer
     */
    public record Outlet(
            String defaultTopic,
            TopicStrategy topicStrategy,
            PartitionStrategy partitionStrategy,
            CallbackTopics callbackTopics,
            MetaSource metaSource,
            FailureRules failures,
            ProducerFactory producerFactory) {}

    /**
     * The settings of a service's Kafka clients, by Kafka's own names.
     *
     * @param consumer of the consumers; the client id gets a number for each
     * @param producer of the producer
     * @param admin of the admin client
     * @param transactional of the producers that consumer threads send with; the client id and the transactional id get a number
     *     for each. Empty unless it runs exactly once
     */
    public record Clients(
            Map<String, Object> consumer,
            Map<String, Object> producer,
            Map<String, Object> admin,
            Optional<Map<String, Object>> transactional) {}

    /**
     * How long a service waits for what.
     *
     * @param start for the broker and the registry to answer at start
     * @param drain for running events at the end
     */
    public record Times(Duration start, Duration drain) {}
}
