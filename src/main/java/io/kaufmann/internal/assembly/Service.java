package io.kaufmann.internal.assembly;

import io.kaufmann.health.Health;
import io.kaufmann.health.StartException;
import io.kaufmann.health.State;
import io.kaufmann.internal.consume.ConsumerLoop;
import io.kaufmann.internal.consume.ConsumerThread;
import io.kaufmann.internal.consume.PartitionReport;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outbox;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.produce.KafkaPublisher;
import io.kaufmann.internal.produce.RecordMaker;
import io.kaufmann.internal.time.Deadline;
import io.kaufmann.internal.time.TimerThread;
import io.kaufmann.internal.work.EventProcessor;
import io.kaufmann.internal.work.TimeLimit;
import io.kaufmann.internal.work.WorkerPool;
import io.kaufmann.publish.Publisher;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.telemetry.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a service together, starts it and ends it. Stopping is starting backwards: consumers, workers, producer, timer; each
 * step has a deadline. Thread-safe.
 */
public final class Service {

    private static final Logger LOG = LoggerFactory.getLogger("io.kaufmann.service");

    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(5);
    // Of one turn: a commit that is waited for, where partitions start, a poll, and the commit of what is given up.
    private static final Duration LONGEST_REQUESTS = Duration.ofSeconds(40);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(10);

    private final Parts parts;
    private final Lifecycle lifecycle;
    private final GuardedListeners guard;
    private final AtomicBoolean ending = new AtomicBoolean();

    // Set by start(), before any other thread of the service runs.
    private TimerThread timer;
    private KafkaPublisher publisher;
    private WorkerPool workers;
    private Optional<TimeLimit> timeLimit = Optional.empty();
    private Tally tally;
    private Probe probe;
    // Whoever looks at a service that is still starting.
    private volatile Watchdog watchdog;
    private long startNanos;
    private final List<ConsumerThread> consumers = new ArrayList<>();
    private final List<Thread> consumerThreads = new ArrayList<>();

    /**
     * A service that is not started yet.
     *
     * @param parts what it is put together from
     */
    public Service(Parts parts) {
        this.parts = parts;
        this.lifecycle = new Lifecycle(parts.serviceName());
        this.guard = new GuardedListeners(parts.telemetry(), parts.clock());
    }

    /**
     * Starts it, once.
     *
     * @throws StartException when it cannot come up
     */
    public void start() {
        start(() -> {});
    }

    /**
     * Starts it, once, and does something when all is ready and nothing is read yet.
     *
     * @throws StartException when it cannot come up
     */
    public void start(Runnable beforeReading) {
        if (!lifecycle.become(State.STARTING)) {
            throw new IllegalStateException("The service was started before");
        }
        startNanos = parts.clock().nanos();
        try {
            try (Admin admin = Admin.create(parts.clients().admin())) {
                new StartCheck(parts, admin, parts.clock()).run();
            }
            assemble();
            beforeReading.run();
            openTransactions();
        } catch (KafkaException e) {
            failStart();
            throw new StartException(parts.serviceName(), List.of("a Kafka client cannot be made: " + causes(e)), e);
        } catch (RuntimeException | Error e) {
            failStart();
            throw e;
        }
        LOG.info(
                "Service {} reads {} as group {} on {} consumer(s), handles {} with {} workers, and publishes to {}",
                parts.serviceName(),
                parts.intake().loop().topics(),
                parts.consumerGroup(),
                parts.intake().loops(),
                parts.handled(),
                parts.intake().workers(),
                parts.outlet().defaultTopic());
        workers.start();
        consumerThreads.forEach(Thread::start);
        timeLimit.ifPresent(limit -> limit.watch(timer));
        workers.watch(timer);
        watchdog.watch(timer);
        probe.start();
        lifecycle.become(State.RUNNING);
    }

    private void openTransactions() {
        for (ConsumerThread consumer : consumers) {
            try {
                open(consumer, Deadline.in(parts.times().start(), parts.clock()));
            } catch (KafkaException e) {
                throw new StartException(
                        parts.serviceName(),
                        List.of(
                                "transactions cannot be had, on which exactly once rests: " + causes(e)
                                        + ". The service needs the right to Write and Describe its transactional id (transactional.id.prefix),"
                                        + " and kafka.producer.transaction.timeout.ms within the broker's transaction.max.timeout.ms"),
                        e);
            }
        }
    }

    /** The first transactions of a cluster, or what a predecessor has left open, may take a while. */
    private static void open(ConsumerThread consumer, Deadline deadline) {
        while (true) {
            try {
                consumer.open();
                return;
            } catch (TimeoutException e) {
                if (deadline.isOver()) {
                    throw e;
                }
            }
        }
    }

    /** What its listeners have measured, in Prometheus' text format; empty when they have nothing of the kind. */
    public Optional<String> prometheus() {
        return guard.orNone().prometheus();
    }

    /** Ends it without a start, once, so that what was made for it is closed. */
    public void abandon() {
        if (lifecycle.become(State.STARTING)) {
            failStart();
        }
    }

    private void failStart() {
        lifecycle.become(State.FAILED);
        // Their threads never ran, so that they close nothing themselves.
        consumers.forEach(ConsumerThread::close);
        consumers.clear();
        closeAll(Deadline.in(Duration.ZERO, parts.clock()));
        tellEnd();
    }

    private static String causes(Throwable error) {
        return error.getCause() == null ? error.getMessage() : error.getMessage() + ": " + causes(error.getCause());
    }

    private void assemble() {
        timer = new TimerThread();
        Tracing tracing = GuardedTracing.watched(parts.tracing(), parts.clock(), timer);
        guard.watch(timer);
        Telemetry telemetry = guard.orNone();
        publisher = new KafkaPublisher(
                parts.outlet().producerFactory().create(parts.clients().producer()),
                () -> Admin.create(parts.clients().admin()),
                new RecordMaker.Parts(
                        parts.naming(),
                        parts.outlet().defaultTopic(),
                        parts.outlet().topicStrategy(),
                        parts.outlet().partitionStrategy(),
                        parts.outlet().callbackTopics(),
                        parts.outlet().metaSource(),
                        parts.transcoders(),
                        parts.clock(),
                        telemetry),
                tracing);
        // As many as may be in flight: a loop may hand out what the workers need beyond its limit.
        int inFlight =
                parts.intake().loop().maxInFlightEvents() + parts.intake().workers();
        // Twice: what a loop leaves behind that the group has put out is there, beside its successor's, until it is
        // dropped.
        WorkQueue queue = new WorkQueue(2 * parts.intake().loops() * inFlight, this::fail);
        Names names = new Names(parts.naming(), parts.handled()::contains);
        EventProcessor processor = new EventProcessor(new EventProcessor.Parts(
                parts.serviceName(),
                names,
                parts.transcoders(),
                parts.handler(),
                parts.consumerGroup(),
                parts.outlet().failures(),
                parts.registryProbe(),
                outbox(),
                timer,
                parts.clock(),
                telemetry,
                tracing));
        workers = new WorkerPool(
                new WorkerPool.Size(
                        parts.intake().threads(),
                        parts.intake().workers(),
                        parts.watch().maxLostWorkers()),
                queue,
                processor,
                parts.clock(),
                this::fail);
        timeLimit = parts.watch().timeLimit().map(limit -> new TimeLimit(limit, workers, processor, parts.clock()));
        Shares shares =
                new Shares(queue, parts.intake().workers(), parts.intake().workersPerPartition());
        tally = new Tally(telemetry, parts.consumerGroup());
        Handoff handoff = new Handoff(names, shares, new Flights(), tally);
        for (int number = 1; number <= parts.intake().loops(); number++) {
            addConsumer(number, handoff);
        }
        probe = new Probe(
                new BrokerProbe(parts.clients()),
                parts.registryProbe(),
                this::partitions,
                parts.watch().probeInterval(),
                parts.clock());
        watchdog = new Watchdog(
                new Watched(
                        consumers,
                        workers,
                        timeLimit,
                        tally,
                        processor.failures(),
                        probe,
                        new Watched.Limits(
                                parts.watch().stallAfter(),
                                longestTurn(),
                                parts.watch().stalledNotLive())),
                lifecycle::state,
                telemetry,
                parts.clock());
    }

    /** Where answers go: out at once, or into the transaction of their event. */
    private Outbox outbox() {
        return parts.clients()
                .transactional()
                .map(settings -> publisher.keeping(largestRequest(settings)))
                .orElse(publisher);
    }

    private static int largestRequest(Map<String, Object> settings) {
        String name = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
        Object fallback = ProducerConfig.configDef().configKeys().get(name).defaultValue;
        return (int) ConfigDef.parseType(name, settings.getOrDefault(name, fallback), ConfigDef.Type.INT);
    }

    /** Those that are read at present. */
    private Set<TopicPartition> partitions() {
        return consumers.stream()
                .flatMap(consumer -> consumer.reports().stream())
                .map(PartitionReport::partition)
                .collect(Collectors.toSet());
    }

    private Duration longestTurn() {
        return parts.intake().loop().drainTimeout().plus(LONGEST_REQUESTS);
    }

    private void addConsumer(int number, Handoff handoff) {
        Map<String, Object> settings = numbered(
                parts.clients().consumer(),
                number,
                ConsumerConfig.CLIENT_ID_CONFIG,
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        ConsumerThread consumer = new ConsumerThread(
                onFailure -> new ConsumerLoop(
                        new ConsumerLoop.Clients(
                                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                                transactions(number)),
                        parts.intake().loop(),
                        handoff,
                        parts.clock(),
                        onFailure),
                parts.clock(),
                this::fail);
        consumers.add(consumer);
        // No daemon: it keeps the process up when main has returned.
        consumerThreads.add(new Thread(consumer, "kaufmann-consumer-" + number));
    }

    private Optional<Transactions> transactions(int number) {
        return parts.clients()
                .transactional()
                .map(settings -> numbered(
                        settings, number, ProducerConfig.CLIENT_ID_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG))
                .map(settings -> publisher.transactions(
                        () -> parts.outlet().producerFactory().create(settings), "kaufmann-transactions-" + number));
    }

    private static Map<String, Object> numbered(Map<String, Object> settings, int number, String... ids) {
        Map<String, Object> numbered = new HashMap<>(settings);
        for (String id : ids) {
            numbered.computeIfPresent(id, (name, value) -> value + "-" + number);
        }
        return numbered;
    }

    /** Where it stands in its life. */
    public State state() {
        return lifecycle.state();
    }

    /** How it does at present. */
    public Health health() {
        Watchdog present = watchdog;
        return present == null ? Checkup.without(state()) : present.health();
    }

    /** Publishes from outside a handler. */
    public Publisher publisher() {
        return publisher;
    }

    /**
     * Stops it: takes no new events, finishes those that run until the time is over, commits, closes. Waits for that, unless
     * called by a handler, which it would wait for. A second call waits for the first one's stop.
     */
    public void stop(Duration timeout) {
        Deadline deadline = Deadline.in(timeout, parts.clock());
        if (lifecycle.become(State.DRAINING)) {
            LOG.info(
                    "Service {} takes no new events; what runs of {} in flight has {} s to finish",
                    parts.serviceName(),
                    consumers.stream()
                            .flatMap(consumer -> consumer.reports().stream())
                            .mapToLong(PartitionReport::events)
                            .sum(),
                    timeout.toSeconds());
            end(deadline, State.STOPPED);
        }
        if (workers != null && workers.isCalling()) {
            return;
        }
        try {
            if (!lifecycle.awaitEnd(Deadline.bounded(timeout).plus(LAST_COMMIT).plus(LAST_ACKNOWLEDGEMENTS))) {
                LOG.warn("Service {} did not end in time; it goes on ending", parts.serviceName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end. False when the time was over first. */
    public boolean awaitTermination(Duration timeout) throws InterruptedException {
        return lifecycle.awaitEnd(timeout);
    }

    /** Has something done once it has ended. */
    public void whenEnded(Runnable task) {
        lifecycle.whenEnded(task);
    }

    private void fail(Throwable error) {
        LOG.error("Service {} fails", parts.serviceName(), error);
        if (lifecycle.become(State.FAILED)) {
            end(Deadline.in(parts.times().drain(), parts.clock()), State.FAILED);
        }
    }

    /** Ends on a thread of its own: whoever asked for it may be a thread that must end too. */
    private void end(Deadline deadline, State last) {
        if (ending.compareAndSet(false, true)) {
            try {
                new Thread(() -> closeAndTell(deadline, last), "kaufmann-stop").start();
            } catch (Throwable e) {
                // No thread can be had. Whoever asks next may have more luck.
                ending.set(false);
                throw e;
            }
        }
    }

    private void closeAndTell(Deadline deadline, State last) {
        try {
            closeAll(deadline);
        } finally {
            lifecycle.become(last);
            tellEnd();
        }
    }

    private void tellEnd() {
        try {
            if (watchdog != null) {
                watchdog.end();
                LOG.info(
                        "Service {} has ended after {} s{}",
                        parts.serviceName(),
                        parts.clock().since(startNanos).toSeconds(),
                        endings());
            }
        } finally {
            guard.close();
            lifecycle.ended();
        }
    }

    /** How its events ended, as far as that is known. */
    private String endings() {
        String endings = watchdog.health().traffic().ended().entrySet().stream()
                .filter(way -> way.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(way -> way.getValue() + " " + way.getKey())
                .collect(Collectors.joining(", "));
        return endings.isEmpty() ? "" : ". Its events: " + endings;
    }

    private void closeAll(Deadline deadline) {
        consumers.forEach(consumer -> consumer.stop(deadline));
        try {
            for (Thread thread : consumerThreads) {
                thread.join(Math.max(1, deadline.left().plus(LAST_COMMIT).toMillis()));
                if (thread.isAlive()) {
                    LOG.warn("{} has not ended in time and goes on ending", thread.getName());
                }
            }
            if (workers != null) {
                workers.close(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (publisher != null) {
            publisher.close(LAST_ACKNOWLEDGEMENTS);
        }
        if (probe != null) {
            probe.close();
        }
        if (timer != null) {
            timer.close();
        }
    }
}
