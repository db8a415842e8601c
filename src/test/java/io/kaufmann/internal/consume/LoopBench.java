package io.kaufmann.internal.consume;

import io.kaufmann.event.EventNaming;
import io.kaufmann.handler.KeylessEvents;
import io.kaufmann.handler.Ordering;
import io.kaufmann.internal.handoff.Delivery;
import io.kaufmann.internal.handoff.Flights;
import io.kaufmann.internal.handoff.Handoff;
import io.kaufmann.internal.handoff.Lane;
import io.kaufmann.internal.handoff.Names;
import io.kaufmann.internal.handoff.Outcome;
import io.kaufmann.internal.handoff.Shares;
import io.kaufmann.internal.handoff.Tally;
import io.kaufmann.internal.handoff.Transactions;
import io.kaufmann.internal.handoff.WorkQueue;
import io.kaufmann.internal.time.SettableClock;
import io.kaufmann.telemetry.Telemetry;
import io.kaufmann.testing.Silence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;

/** A consumer loop on a scripted consumer of the topic "orders", whose turns and workers are the test's. */
final class LoopBench implements AutoCloseable {

    static final TopicPartition P0 = new TopicPartition("orders", 0);
    static final TopicPartition P1 = new TopicPartition("orders", 1);
    static final TopicPartition P2 = new TopicPartition("orders", 2);
    static final TopicPartition P3 = new TopicPartition("orders", 3);

    static final Duration INTERVAL = Duration.ofSeconds(1);

    final ScriptedConsumer consumer = new ScriptedConsumer();
    final SettableClock clock = new SettableClock();
    Telemetry telemetry = Telemetry.NONE;
    Tally tally;
    final WorkQueue queue = new WorkQueue(10_000, error -> {});
    final AtomicReference<Throwable> failure = new AtomicReference<>();

    boolean fromEarliest = true;
    int maxEvents = 1_000;
    long maxBytes = 1_000_000;
    long maxUncommitted = 10_000;
    long commitThreshold = 1_000_000;
    Duration commitInterval = INTERVAL;
    boolean commitWaits;
    int gapMapLimit = 2_000;
    Ordering ordering = Ordering.UNORDERED;
    KeylessEvents keyless = KeylessEvents.UNORDERED;
    int workers = 10_000;
    final Flights flights = new Flights();
    Duration drainTimeout = Duration.ZERO;
    Optional<Transactions> transactions = Optional.empty();

    private final Silence silence = Silence.of("io.kaufmann");
    private ConsumerLoop loop;

    LoopBench() {
        consumer.topic("orders", 4);
    }

    /** The loop, made with the settings as they are when it is first asked for. */
    ConsumerLoop loop() {
        if (loop == null) {
            tally = new Tally(telemetry, "g");
            loop = new ConsumerLoop(
                    new ConsumerLoop.Clients(consumer, transactions),
                    new LoopSettings(
                            List.of("orders"),
                            fromEarliest,
                            maxEvents,
                            maxBytes,
                            maxUncommitted,
                            commitInterval,
                            commitThreshold,
                            commitWaits,
                            gapMapLimit,
                            new LaneRule(ordering, keyless),
                            drainTimeout,
                            false,
                            false),
                    new Handoff(
                            new Names(EventNaming.key(), name -> !name.startsWith("unhandled.")),
                            new Shares(queue, workers, OptionalInt.empty()),
                            flights,
                            tally),
                    clock,
                    failure::set);
        }
        return loop;
    }

    /** Subscribes, and takes turns until these partitions are read. */
    void start(TopicPartition... partitions) {
        loop().subscribe();
        assign(partitions);
    }

    /** Gives the loop these partitions within a poll, and takes turns until they are read. */
    void assign(TopicPartition... partitions) {
        consumer.duringPoll.add(() -> consumer.assignMore(partitions));
        turns(3);
    }

    void turn() {
        loop().turn();
    }

    void turns(int count) {
        for (int i = 0; i < count; i++) {
            turn();
        }
    }

    /** Takes turns until a commit was due and made. */
    void commit() {
        clock.advance(INTERVAL);
        turn();
    }

    /** What workers take that take all there is, started. */
    List<Delivery> takeAll() {
        List<Delivery> taken = new ArrayList<>();
        while (queue.size() > 0) {
            Delivery delivery = take();
            delivery.start();
            taken.add(delivery);
        }
        return taken;
    }

    private Delivery take() {
        try {
            return queue.take().map(Lane::head).orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void finish(Delivery... deliveries) {
        finish(List.of(deliveries));
    }

    static void finish(List<Delivery> deliveries) {
        deliveries.forEach(delivery -> delivery.finish(Outcome.DONE));
    }

    @Override
    public void close() {
        silence.close();
    }

    static List<Long> offsets(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.record().offset()).toList();
    }
}
