package io.kaufmann.internal.consume;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kaufmann.codec.TranscodeException;
import io.kaufmann.codec.Transcoder;
import io.kaufmann.codec.Transcoders;
import io.kaufmann.event.Event;
import io.kaufmann.event.EventNaming;
import io.kaufmann.event.Meta;
import io.kaufmann.event.Payload;
import io.kaufmann.handler.DeadLetters;
import io.kaufmann.handler.ErrorFormat;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.handler.Result;
import io.kaufmann.handler.RetryPolicy;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.Timer;
import io.kaufmann.internal.work.EventProcessor;
import io.kaufmann.internal.work.FailureRules;
import io.kaufmann.internal.work.WorkerTurns;
import io.kaufmann.publish.Publication;
import io.kaufmann.publish.PublishException;
import io.kaufmann.publish.Published.Written;
import io.kaufmann.publish.Target;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One process of the simulated service: the real loops, lanes and workers, and what it is asked to keep. For one thread. */
final class SimProcess {

    private final SimGroup group;
    private final SimClock clock;
    private final Random random;
    private final Ordering ordering;
    private final List<Long> firstEffects;
    private final WorkQueue queue = new WorkQueue(1_000, SimProcess::fail);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimTimer timer = new SimTimer();
    private final WorkerTurns workers;
    private final Handoff handoff;
    final List<ConsumerLoop> loops = new ArrayList<>();
    final List<SimConsumer> consumers = new ArrayList<>();
    /** Whether handlers and sends fail now and then. */
    boolean faulty = true;

    // How often each partition was assigned to this process, and which of these assignments it knows it has lost.
    private final Map<TopicPartition, Integer> assignments = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private final Map<String, Flight> flights = new HashMap<>();
    // A promise that a handler found broken. What it throws is its event's failure and nobody else's, so it is told by
    // the turn.
    private String broken;

    /** An event that was given to the handler, and what is on its way of it. */
    private static final class Flight {
        final long id;
        final TopicPartition partition;
        final int assignment;
        int unanswered;

        Flight(long id, TopicPartition partition, int assignment) {
            this.id = id;
            this.partition = partition;
            this.assignment = assignment;
        }
    }

    SimProcess(SimGroup group, SimClock clock, Random random, Ordering ordering, List<Long> firstEffects) {
        this.group = group;
        this.clock = clock;
        this.random = random;
        this.ordering = ordering;
        this.firstEffects = firstEffects;
        Names names = new Names(EventNaming.key(), name -> !name.startsWith("unhandled."));
        int demand = 1 + random.nextInt(4);
        EventProcessor processor = new EventProcessor(new EventProcessor.Parts(
                "simulated",
                names,
                Transcoders.of(new Ids()),
                this::handle,
                "group",
                new FailureRules(
                        ErrorFormat.standard(),
                        RetryPolicy.fixed(3, Duration.ofNanos(30_000)),
                        DeadLetters.none(),
                        false,
                        Set.of("orders")),
                () -> false,
                new SimOutbox(),
                timer,
                clock,
                Telemetry.NONE,
                Tracing.NONE));
        this.workers = new WorkerTurns(queue, processor, SimProcess::fail);
        this.handoff = new Handoff(
                names, new Shares(queue, demand, OptionalInt.empty()), new Flights(), new Tally(Telemetry.NONE, "g"));
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            SimConsumer consumer = new SimConsumer(group, this, random);
            ConsumerLoop loop =
                    new ConsumerLoop(ConsumerLoop.Clients.of(consumer), settings(), handoff, clock, SimProcess::fail);
            loop.subscribe();
            group.join(consumer);
            consumers.add(consumer);
            loops.add(loop);
        }
    }

    private LoopSettings settings() {
        return new LoopSettings(
                List.of("orders"),
                true,
                4 + random.nextInt(8),
                1_000_000,
                5 + random.nextInt(20),
                Duration.ofNanos(20_000),
                1 + random.nextInt(5),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? 0 : 2_000,
                new LaneRule(ordering, KeylessEvents.UNORDERED),
                Duration.ofNanos(random.nextInt(30_000)),
                false,
                false,
                false);
    }

    private static void fail(Throwable error) {
        if (error instanceof AssertionError promise) {
            throw promise;
        }
        throw new AssertionError("It must not fail", error);
    }

    private Result handle(Event event) {
        long id = event.payload().integer("id");
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());
        Flight flight = new Flight(id, partition, present(partition));
        Flight before = flights.put(lane(partition, event.orderingKey().orElseThrow(), id), flight);
        if (before != null && !isSameRun(before, flight) && !isThrough(before)) {
            broken = "P3: " + event + " is handled while event " + before.id + " is on its way";
        }
        int dice = faulty ? random.nextInt(20) : 19;
        if (dice < 2) {
            throw new IllegalStateException("on purpose");
        }
        if (dice == 2) {
            return Result.failure("on purpose");
        }
        if (dice == 3) {
            // It has an effect of its own, and that was it.
            written(id);
            return Result.noReply();
        }
        return Result.reply(Publication.of("done", id).key(event.orderingKey().orElseThrow()));
    }

    private String lane(TopicPartition partition, String key, long id) {
        return partition
                + switch (ordering) {
                    case UNORDERED -> "@" + id;
                    case KEY -> "#" + key;
                    case PARTITION -> "";
                };
    }

    /** Whether it is the next attempt at an event, or what an outage kept back. */
    private static boolean isSameRun(Flight one, Flight other) {
        return one.id == other.id && one.assignment == other.assignment;
    }

    /** Whether nothing of it can come any more: it is finished, or dropped with its assignment. */
    private boolean isThrough(Flight flight) {
        boolean isPast = present(flight.partition) != flight.assignment || !isAssigned(flight.partition);
        return flight.unanswered == 0 && (isPast || group.isFinishedId(flight.id));
    }

    /** The assignment that events of a partition come by: of two consumers that hold it, only one has begun to read. */
    private int present(TopicPartition partition) {
        return consumers.stream()
                .filter(consumer -> consumer.isReading(partition))
                .mapToInt(consumer -> consumer.assignments.get(partition))
                .min()
                .orElse(0);
    }

    private boolean isAssigned(TopicPartition partition) {
        return consumers.stream().anyMatch(consumer -> consumer.assignment().contains(partition));
    }

    private void written(long id) {
        if (!group.isFinishedId(id)) {
            firstEffects.add(id);
        }
        group.finish(id);
    }

    /** Partitions came to one of its consumers. */
    void assigned(SimConsumer consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(
                partition -> consumer.assignments.put(partition, assignments.merge(partition, 1, Integer::sum)));
    }

    /** It hears that it has lost partitions. */
    void lost(SimConsumer consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> lost.add(partition + "/" + consumer.assignments.get(partition)));
    }

    /** A consumer thread waits: workers and answers go on meanwhile. */
    void whileTheWorldGoesOn(Runnable waiting) {
        clock.whileWaiting(
                () -> {
                    if (random.nextBoolean()) {
                        work();
                    } else {
                        answer();
                    }
                },
                waiting);
    }

    /** How it stands. */
    @Override
    public String toString() {
        clock.advance(2_000_000_000);
        loops.forEach(ConsumerLoop::turn);
        return ordering + ", queue " + queue.size() + ", flights "
                + handoff.flights().count() + ", share "
                + handoff.shares().limit() + ", "
                + loops.stream().map(loop -> loop.reports()).toList();
    }

    boolean work() {
        boolean worked = workers.turn();
        SimGroup.require(broken == null, broken);
        return worked;
    }

    /** The broker answers the oldest record that is on its way. */
    boolean answer() {
        return (faulty && random.nextInt(6) == 0)
                ? producer.errorNext(new org.apache.kafka.common.errors.TimeoutException("on purpose"))
                : producer.completeNext();
    }

    boolean ring() {
        return timer.ring();
    }

    /** It dies; some of what is on its way is written all the same. */
    void die() {
        faulty = false;
        int written = random.nextInt(4);
        for (int i = 0; i < written; i++) {
            producer.completeNext();
        }
        consumers.forEach(group::expel);
    }

    void becomeFaultless() {
        faulty = false;
        consumers.forEach(consumer -> consumer.faulty = false);
    }

    /** Runs tasks whose time has come. */
    private final class SimTimer implements Timer {

        private static final long LONGEST_DELAY = 40_000;

        private record Task(long at, long number, Runnable task) {}

        private final PriorityQueue<Task> tasks =
                new PriorityQueue<>(java.util.Comparator.comparingLong(Task::at).thenComparing(Task::number));
        private long numbers;

        @Override
        public void after(Duration delay, Runnable task) {
            // The waits for an outage are left to chance, which would not repeat.
            tasks.add(new Task(clock.now() + Math.min(delay.toNanos(), LONGEST_DELAY), numbers++, task));
        }

        boolean ring() {
            if (tasks.isEmpty()) {
                return false;
            }
            Task next = tasks.remove();
            clock.advance(Math.max(0, Math.min(next.at() - clock.now(), 100_000)));
            next.task().run();
            return true;
        }
    }

    /** Decodes an event's number. */
    private static final class Ids implements Transcoder {

        @Override
        public String name() {
            return "ids";
        }

        @Override
        public Decoded decode(Encoded record) {
            try {
                long id = Long.parseLong(new String(record.value(), UTF_8));
                return new Decoded(Meta.empty(), Payload.of(record.name().base(), Map.of("id", id)));
            } catch (NumberFormatException e) {
                throw new TranscodeException("no number", e);
            }
        }

        @Override
        public byte[] encode(Outgoing event) {
            throw new UnsupportedOperationException();
        }
    }

    /** Sends through Kafka's mock producer. */
    private final class SimOutbox implements Outbox {

        @Override
        public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
            if (publication.targets().contains(Target.callback())
                    && !publication.targets().contains(Target.defaultTopic())) {
                return List.of();
            }
            long id = cause.flatMap(Cause::event).orElseThrow().payload().integer("id");
            return List.of(new OutgoingRecord(
                    publication.name(),
                    Target.defaultTopic(),
                    "out",
                    count -> OptionalInt.empty(),
                    cause.orElseThrow().record().orderingKey().orElseThrow().getBytes(UTF_8),
                    Long.toString(id).getBytes(UTF_8),
                    new RecordHeaders(),
                    OptionalLong.empty()));
        }

        @Override
        public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
            throw new AssertionError("All is decodable");
        }

        @Override
        public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
            long id = Long.parseLong(new String(record.value(), UTF_8));
            Optional<Flight> flight =
                    flights.values().stream().filter(some -> some.id == id).findFirst();
            flight.ifPresent(some -> {
                SimGroup.require(
                        !lost.contains(some.partition + "/" + some.assignment),
                        "Event " + id + " is published after its partition was lost");
                some.unanswered++;
            });
            var unused = producer.send(new ProducerRecord<>("out", record.key(), record.value()), (metadata, error) -> {
                flight.ifPresent(some -> some.unanswered--);
                if (error == null) {
                    written(id);
                    acknowledgement.written(new Written("out", 0, 0));
                } else {
                    acknowledgement.failed(PublishException.unavailable("on purpose", error));
                }
            });
        }
    }
}
