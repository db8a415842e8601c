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
import io.kaufmann.internal.consume.SimMeetings.Meeting;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.OutgoingRecord;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.produce.KeepingOutbox;
import io.kaufmann.internal.produce.TracedSends;
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
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One process of the simulated service: the real loops, lanes and workers, and what it is asked to keep. For one thread. */
final class SimProcess {

    private final SimWorld world;
    private final String name;
    private final SimGroup group;
    private final SimClock clock;
    private final Random random;
    private final Ordering ordering;
    private final List<Long> firstEffects;
    private final WorkQueue queue = new WorkQueue(1_000, SimProcess::fail);
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimTimer timer = new SimTimer();
    private final SimTopics topics;
    // By which assignment an event was handled last.
    private final Map<Long, Integer> handledBy = new HashMap<>();
    private final WorkerTurns workers;
    private final Handoff handoff;
    final List<SimThread> threads = new ArrayList<>();
    /** Whether it was killed. */
    boolean dead;
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
        // Where answers are kept for transactions: its lane may go on.
        boolean isKept;

        Flight(long id, TopicPartition partition, int assignment) {
            this.id = id;
            this.partition = partition;
            this.assignment = assignment;
        }
    }

    SimProcess(SimWorld world, String name, Ordering ordering, List<Long> firstEffects) {
        this.world = world;
        this.name = name;
        this.group = world.group();
        this.clock = world.clock();
        this.random = world.random();
        this.ordering = ordering;
        this.firstEffects = firstEffects;
        this.topics = new SimTopics(this, world);
        Names names = new Names(EventNaming.key(), event -> !event.startsWith("unhandled."));
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
                outbox(),
                timer,
                clock,
                Telemetry.NONE,
                Tracing.NONE));
        this.workers = new WorkerTurns(queue, processor, SimProcess::fail);
        this.handoff = new Handoff(
                names, new Shares(queue, demand, OptionalInt.empty()), new Flights(), new Tally(Telemetry.NONE, "g"));
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            threads.add(new SimThread(this, world, name + "-" + i, this::settings, handoff, topics));
        }
    }

    private Outbox outbox() {
        if (world.transactions().isEmpty()) {
            return new SimOutbox();
        }
        Outbox keeping =
                new KeepingOutbox(new SimOutbox(), topics, new TracedSends(Tracing.NONE), SimAnswer.LARGEST_RECORD);
        return new SimKeeping(keeping);
    }

    private LoopSettings settings() {
        return new LoopSettings(
                List.of("orders"),
                true,
                4 + random.nextInt(8),
                world.transactions().isPresent() && random.nextInt(4) == 0 ? 50 + random.nextInt(200) : 1_000_000,
                5 + random.nextInt(20),
                Duration.ofNanos(20_000),
                1 + random.nextInt(5),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? 0 : 2_000,
                new LaneRule(ordering, KeylessEvents.UNORDERED),
                Duration.ofNanos(random.nextInt(30_000)),
                false,
                false);
    }

    static void fail(Throwable error) {
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
        handledBy.put(id, flight.assignment);
        int dice = faulty ? random.nextInt(20) : 19;
        if (dice < 3) {
            group.fails(id);
        }
        if (dice < 2) {
            throw new IllegalStateException("on purpose");
        }
        if (dice == 2) {
            return Result.failure("on purpose");
        }
        if (world.transactions().isPresent()) {
            return answer(event, flight);
        }
        if (dice == 3) {
            // It has an effect of its own, and that was it.
            written(id);
            return Result.noReply();
        }
        return Result.reply(Publication.of("done0", id).key(event.orderingKey().orElseThrow()));
    }

    private static Result answer(Event event, Flight flight) {
        if (SimAnswer.isSilent(flight.id)) {
            flight.isKept = true;
            return Result.noReply();
        }
        List<Publication> replies = new ArrayList<>();
        for (int i = 0; i < SimAnswer.replies(flight.id); i++) {
            replies.add(Publication.of("done" + i, flight.id)
                    .key(event.orderingKey().orElseThrow()));
        }
        return Result.reply(replies);
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
        return flight.unanswered == 0 && (isPast || flight.isKept || group.isFinishedId(flight.id));
    }

    /** The assignment that events of a partition come by: of two consumers that hold it, only one has begun to read. */
    private int present(TopicPartition partition) {
        return threads.stream()
                .map(SimThread::consumer)
                .filter(consumer -> consumer.isReading(partition))
                .mapToInt(consumer -> consumer.assignments.get(partition))
                .min()
                .orElse(0);
    }

    private boolean isAssigned(TopicPartition partition) {
        return threads.stream()
                .map(SimThread::consumer)
                .anyMatch(consumer -> consumer.assignment().contains(partition));
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
        threads.forEach(SimThread::turn);
        return ordering + ", queue " + queue.size() + ", flights "
                + handoff.flights().count() + ", share "
                + handoff.shares().limit() + ", "
                + threads.stream()
                        .flatMap(thread -> thread.loop().stream())
                        .map(ConsumerLoop::reports)
                        .toList();
    }

    boolean work() {
        boolean worked = workers.turn();
        SimGroup.require(broken == null, () -> broken);
        return worked;
    }

    /** The broker answers the oldest record that is on its way. */
    boolean answer() {
        if (world.transactions().isPresent()) {
            return threads.stream().filter(SimThread::commit).count() > 0;
        }
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
        threads.forEach(thread -> {
            if (thread.consumer().isUndecided()) {
                world.met().note(Meeting.DIED_WHILE_UNDECIDED);
            }
            group.expel(thread.consumer());
        });
        dead = true;
    }

    void becomeFaultless() {
        faulty = false;
        threads.forEach(thread -> thread.consumer().faulty = false);
    }

    String name() {
        return name;
    }

    /** A call to the broker takes its time, in which all may happen: elsewhere, and to this process. */
    void elsewhere() {
        if (faulty && !dead && random.nextInt(6) == 0) {
            world.elsewhere().run();
        }
        dead |= faulty && random.nextInt(150) == 0;
        if (dead) {
            if (threads.stream()
                    .map(SimThread::transactionalId)
                    .anyMatch(world.transactions().orElseThrow()::isOpen)) {
                world.met().note(Meeting.DIED_IN_A_TRANSACTION);
            }
            throw new SimDeath();
        }
    }

    /** A call waits for the broker in vain. */
    void wait(int millis) {
        clock.advance(millis * 1_000_000L);
        elsewhere();
    }

    /** What timed out goes on by itself. */
    void goOn() {
        threads.stream()
                .flatMap(thread -> Stream.ofNullable(thread.consumer().producer))
                .forEach(SimProducer::goOn);
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
            boolean isError = publication.name().isError();
            SimAnswer answer = new SimAnswer(
                    id,
                    isError,
                    isError ? 0 : publication.name().base().charAt(4) - '0',
                    isError ? 1 : SimAnswer.replies(id),
                    handledBy.get(id));
            boolean isKept = world.transactions().isPresent();
            return List.of(new OutgoingRecord(
                    publication.name(),
                    Target.defaultTopic(),
                    isKept ? answer.topic() : "out",
                    count -> OptionalInt.empty(),
                    cause.orElseThrow().record().orderingKey().orElseThrow().getBytes(UTF_8),
                    isKept ? answer.bytes() : Long.toString(id).getBytes(UTF_8),
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
                        () -> "Event " + id + " is published after its partition was lost");
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

    /** Keeps answers, and notes that. */
    private final class SimKeeping implements Outbox {

        private final Outbox keeping;

        SimKeeping(Outbox keeping) {
            this.keeping = keeping;
        }

        @Override
        public List<OutgoingRecord> prepare(Publication publication, Optional<Cause> cause) {
            return keeping.prepare(publication, cause);
        }

        @Override
        public List<OutgoingRecord> prepareWithoutMeta(Publication publication, Cause cause) {
            return keeping.prepareWithoutMeta(publication, cause);
        }

        @Override
        public void send(OutgoingRecord record, Acknowledgement acknowledgement) {
            throw new AssertionError("Answers are kept");
        }

        @Override
        public void answer(Delivery delivery, OutgoingRecord record, Acknowledgement acknowledgement) {
            topics.keeping = true;
            keeping.answer(delivery, record, new Noting(SimAnswer.of(record.value()), acknowledgement));
            topics.keeping = false;
        }
    }

    /** Notes that an answer is kept. */
    private final class Noting implements Outbox.Acknowledgement {

        private final SimAnswer answer;
        private final Outbox.Acknowledgement acknowledgement;

        Noting(SimAnswer answer, Outbox.Acknowledgement acknowledgement) {
            this.answer = answer;
            this.acknowledgement = acknowledgement;
        }

        @Override
        public boolean isWanted() {
            return acknowledgement.isWanted();
        }

        @Override
        public void kept() {
            flights.values().stream()
                    .filter(some -> some.id == answer.id() && some.assignment == answer.assignment())
                    .forEach(some -> some.isKept = true);
            acknowledgement.kept();
        }

        @Override
        public void dropped() {
            acknowledgement.dropped();
        }

        @Override
        public void written(Written written) {
            acknowledgement.written(written);
        }

        @Override
        public void failed(PublishException error) {
            acknowledgement.failed(error);
        }
    }
}
