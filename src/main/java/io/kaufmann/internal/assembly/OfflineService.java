package io.kaufmann.internal.assembly;

import io.kaufmann.event.EventName;
import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.EventHandler;
import io.kaufmann.internal.consume.LaneRule;
import io.kaufmann.internal.handoff.Assignment;
import io.kaufmann.internal.handoff.Completions;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.ParkedKeys;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.produce.OutboxPublisher;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.internal.produce.TracedSends;
import io.kaufmann.internal.time.Clock;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.internal.work.EventProcessor;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.internal.work.WorkerTurns;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Publisher;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A service without broker and threads: what it is given is decoded, handled, answered, tried again and kept as a dead letter by the
 * code of a service that runs, on the caller's thread. For one thread at a time, but for the publisher, which is thread-safe.
 */
public final class OfflineService {

    // All that waits for its next attempt stays in its lane, not in the queue.
    private static final int MOST_READY = 1_000;

    private final EventNaming naming;
    private final Names names;
    private final LaneRule rule;
    private final Shares shares;
    private final WorkerTurns worker;
    private final OutboxPublisher publisher;
    private final Clock clock;
    private final Tally tally;
    private final Completions completions = new Completions(() -> {});
    private final Map<TopicPartition, Assignment> assignments = new HashMap<>();
    private final Map<LaneOf, Lane> lanes = new HashMap<>();

    private record LaneOf(TopicPartition partition, Object key) {}

    /**
     * What an offline service is put together from.
     *
     * @param serviceName its name
     * @param consumerGroup the group it would read with
     * @param handler what it does with its events
     * @param failures what becomes of events that fail
     * @param rule which events are handled one after the other
     * @param records how its events become records
     * @param timer waits out delays
     * @param tracing follows events
     */
    public record Parts(
            String serviceName,
            String consumerGroup,
            EventHandler handler,
            FailureRules failures,
            LaneRule rule,
            RecordMaker.Parts records,
            Timer timer,
            Tracing tracing) {}

    /** Plays the broker. */
    @FunctionalInterface
    public interface Broker {

        /**
         * Takes a record.
         *
         * @param record the record
         * @param partition where it goes
         * @param format the format that its publication asked for
         * @return where it stands
         * @throws io.kaufmann.publish.PublishException when it is not to be taken
         */
        Written take(OutgoingRecord record, int partition, Optional<String> format);
    }

    /**
     * A service that has been given nothing yet.
     *
     * @param parts what it is put together from
     * @param partitions how many each topic has
     * @param broker takes what it sends
     */
    public OfflineService(Parts parts, int partitions, Broker broker) {
        Telemetry telemetry = new GuardedListeners(
                        parts.records().telemetry(), parts.records().clock())
                .orNone();
        Tracing tracing = GuardedTracing.of(parts.tracing(), parts.records().clock());
        OfflineOutbox outbox = new OfflineOutbox(
                new RecordMaker(parts.records().with(telemetry)),
                telemetry,
                new TracedSends(tracing),
                partitions,
                broker);
        this.naming = parts.records().naming();
        this.clock = parts.records().clock();
        this.tally = new Tally(telemetry, parts.consumerGroup());
        this.names = new Names(naming, parts.handler().handledEvents()::contains);
        this.rule = parts.rule();
        this.publisher = new OutboxPublisher(outbox);
        WorkQueue queue = new WorkQueue(MOST_READY, OfflineService::fail);
        this.shares = new Shares(queue, 1, OptionalInt.of(1));
        EventProcessor processor = new EventProcessor(new EventProcessor.Parts(
                parts.serviceName(),
                names,
                parts.records().transcoders(),
                parts.handler(),
                parts.consumerGroup(),
                parts.failures(),
                () -> true,
                outbox,
                parts.timer(),
                parts.records().clock(),
                telemetry,
                tracing));
        this.worker = new WorkerTurns(queue, processor, OfflineService::fail);
    }

    private static void fail(Throwable error) {
        throw new IllegalStateException("This is a bug in Kaufmann: please report it", error);
    }

    /** Does all that there is to be done with a record, until it is finished or waits for its next attempt. */
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        Optional<EventName> name = naming.name(record.headers(), record.key());
        if (name.isPresent() && !names.areHandled(name.get())) {
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Assignment assignment =
                assignments.computeIfAbsent(partition, assigned -> new Assignment(assigned, shares, new ParkedKeys()));
        Object key = rule.laneKey(
                record.offset(), rule.goesByKey() ? naming.orderingKey(name, record.key()) : Optional.empty());
        Lane lane = lanes.computeIfAbsent(new LaneOf(partition, key), of -> new Lane(assignment.share(), key));
        Delivery delivery = new Delivery(record, name, assignment, record.offset(), lane, completions);
        tally.lookAtTheTime(clock.nanos(), clock.millis());
        delivery.handOut(clock.nanos());
        lane.append(delivery);
        work();
    }

    /** Does what the timer has brought about. */
    public void work() {
        while (worker.turn()) {
            completions.drain(this::settle);
        }
        completions.drain(this::settle);
    }

    private void settle(Delivery done) {
        tally.finished(done);
        if (done.lane().isIdle()) {
            lanes.remove(new LaneOf(done.assignment().partition(), done.lane().key()));
        }
    }

    /** Publishes from outside a handler. */
    public Publisher publisher() {
        return publisher;
    }
}
